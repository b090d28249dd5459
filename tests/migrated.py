"""What migrations wrote stays: a test that empties the database (transaction=True) leaves it as it was made.

Django's own answer (serialized_rollback) gives the rows back before such a test and leaves nothing after the
last one, so that tests beside it would miss Wagtail's first page, depending on their order.
"""

from collections.abc import Iterator

import pytest
from django.apps import AppConfig, apps
from django.contrib.contenttypes.models import ContentType
from django.db import connections, models, transaction
from django.db.models.signals import post_migrate

_written: dict[str, list[tuple[type[models.Model], list[models.Model]]]] = {}
"""By database, the rows that its migrations wrote, model by model."""


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Before any database is made: listen to its migrations, and to every flush, which tells the same."""
    post_migrate.connect(_keep_or_give_back, dispatch_uid="tests.migrated")


def _keep_or_give_back(sender: AppConfig, using: str, **_told: object) -> None:
    if sender is not list(apps.get_app_configs())[-1]:
        return
    if using not in _written:
        _written[using] = [(each, rows) for each in _stored() if (rows := list(_all(each, using)))]
        return
    with transaction.atomic(using=using), connections[using].constraint_checks_disabled():
        for model, rows in _written[using]:
            # A flush writes kinds of content and permissions anew, under new keys.
            _all(model, using)._raw_delete(using)
            if model._meta.parents:  # several tables: its own part of the row alone
                for row in rows:
                    row.save_base(raw=True, force_insert=True, using=using)
            else:
                _all(model, using).bulk_create(rows)
    ContentType.objects.clear_cache()


def _stored() -> Iterator[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model


def _all(model: type[models.Model], using: str) -> models.QuerySet[models.Model]:
    return model._base_manager.using(using).order_by("pk")
