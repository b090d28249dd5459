"""Prepare the site: its languages, homes and lists, who may write, and the steps of approval. A second time changes nothing."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils.translation import gettext, override
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from tsunagari.engines.content.actions.show_page import show_page
from tsunagari.engines.content.declare import KINDS
from tsunagari.engines.content.models import CityPage, ListPage, OfficeStep, SiteHome
from tsunagari.engines.content.models.permission import office
from tsunagari.engines.content.rules.site_pages import LISTS
from tsunagari.kernel.design.city_look import city_look, in_language
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.identity import api as identity

PAGE_RIGHTS = (
    "add_page",
    "change_page",
    "publish_page",
    "bulk_delete_page",
    "lock_page",
    "unlock_page",
)
"""What every clerk's group has below the home; `PageRights` says for which page it counts."""

FILE_RIGHTS = (
    "add_image",
    "change_image",
    "choose_image",
    "add_document",
    "change_document",
    "choose_document",
)
"""Wagtail asks for the rights of its own models, whichever models stand in their place."""

WRITERS = ("member", "head", "secretariat", "administrator")
"""Roles whose holders write pages."""


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """The homes by language."""

    homes: dict[str, SiteHome]


@transaction.atomic
def prepare_site(*, clock: Clock) -> Prepared:
    """Make what the site needs to stand; gives its homes."""
    root = Page.get_first_root_node()
    homes: dict[str, SiteHome] = {}
    for language, _name in settings.LANGUAGES:
        homes[language] = _home(root, language, homes.get("ja"), clock)
    _site(homes["ja"])
    for home in homes.values():
        _lists(home, homes["ja"], clock)
    _rights(homes)
    _approval(root)
    return Prepared(homes=homes)


def _home(root: Page, language: str, japanese: SiteHome | None, clock: Clock) -> SiteHome:
    locale, _new = Locale.objects.get_or_create(language_code=language)
    found: SiteHome | None = SiteHome.objects.filter(locale=locale).first()
    if found:
        return found
    with override(language):
        title = in_language(city_look().site)
    home = SiteHome(
        title=title,
        slug="home" if language == "ja" else f"home-{language}",
        division=office(),
        locale=locale,
        **_bound_to(japanese),
    )
    if language == "ja":
        # Wagtail's own first page gives way; its address is ours.
        for welcome in Page.objects.filter(depth=2, slug="home", content_type__model="page"):
            Site.objects.filter(root_page=welcome).update(root_page=root)
            welcome.delete()
        root.refresh_from_db()
    _publish_new(root, home, clock)
    return home


def _bound_to(original: CityPage | None) -> dict[str, object]:
    return {"translation_key": original.translation_key} if original else {}


def _publish_new(parent: Page, page: CityPage, clock: Clock) -> None:
    page.live = True
    page.first_published_at = page.last_published_at = clock()
    parent.add_child(instance=page)
    show_page(page, clock=clock)


def _site(home: SiteHome) -> None:
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        Site.objects.create(hostname="localhost", port=80, root_page=home, is_default_site=True)
    elif site.root_page_id != home.pk:
        site.root_page = home
        site.save()


def _lists(home: SiteHome, japanese: SiteHome, clock: Clock) -> None:
    for lists, slug in LISTS.items():
        if ListPage.objects.child_of(home).filter(lists=lists).exists():
            continue
        original = ListPage.objects.child_of(japanese).filter(lists=lists).first()
        with override(home.locale.language_code):
            title = gettext(KINDS[lists])
        page = ListPage(
            title=title,
            slug=slug,
            lists=lists,
            division=office(),
            locale=home.locale,
            **_bound_to(original),
        )
        home.refresh_from_db()
        _publish_new(home, page, clock)


def _rights(homes: dict[str, SiteHome]) -> None:
    files = Permission.objects.filter(
        codename__in=FILE_RIGHTS, content_type__app_label__in=("wagtailimages", "wagtaildocs")
    )
    pages = Permission.objects.filter(
        codename__in=PAGE_RIGHTS, content_type__app_label="wagtailcore"
    )
    everywhere = Collection.get_first_root_node()
    for role in WRITERS:
        group, _new = Group.objects.get_or_create(name=identity.group_name(role))
        for home in homes.values():
            for permission in pages:
                GroupPagePermission.objects.get_or_create(
                    group=group, page_id=home.pk, permission=permission
                )
        for permission in files:
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=everywhere, permission=permission
            )


def _approval(root: Page) -> None:
    """課長、つぎにサイトを運営する課: the steps with which a city begins; it may change them in the console."""
    if OfficeStep.objects.exists():
        return
    workflow = Workflow.objects.create(name="公開の承認")
    for order, (name, whose) in enumerate(
        (("課長の承認", OfficeStep.Offices.HEAD), ("公開の確認", OfficeStep.Offices.SITE))
    ):
        task = OfficeStep.objects.create(name=name, office=whose)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    # Wagtail brings a workflow of its own for the whole tree; its groups have nobody in them.
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
