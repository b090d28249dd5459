"""The texts of different tables in the reader's language, in one query."""

from collections.abc import Iterable, Mapping

from django.db.models import Model, QuerySet

from tsunagari.kernel.i18n.models import Translation
from tsunagari.kernel.i18n.translations import SOURCE, public_id_of


class Texts:
    """Texts by thing and field; Japanese where there is no translation."""

    def __init__(self, kept: Mapping[tuple[str, str], str]) -> None:
        self._kept = kept

    @classmethod
    def of_tables(cls, tables: Iterable[type[Model]], language: str) -> "Texts":
        """Read every translation of these tables in one query; nothing is asked for Japanese."""
        if language == SOURCE:
            return cls({})
        rows = _of(tables, language).values_list("public_id", "field", "text")
        return cls({(public_id, field): text for public_id, field, text in rows})

    @classmethod
    def rows_of(cls, tables: Iterable[type[Model]], language: str) -> list[Translation]:
        """The translations themselves, with what they were made from and when; none for Japanese."""
        return [] if language == SOURCE else list(_of(tables, language))

    def get(self, thing: Model, field: str) -> str:
        """The text of a field; the Japanese one where nothing else is there."""
        return self._kept.get((public_id_of(thing), field)) or str(getattr(thing, field))


def _of(tables: Iterable[type[Model]], language: str) -> QuerySet[Translation]:
    return Translation.objects.filter(
        table__in=[table._meta.label_lower for table in tables], language=language
    )
