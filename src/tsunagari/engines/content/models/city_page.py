"""What every page of the city has, whatever its kind."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import Resolver404, resolve
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import Page

from tsunagari.engines.content.declare import Kind
from tsunagari.engines.content.models.blocks import CityStream
from tsunagari.engines.content.models.permission import PageRights
from tsunagari.engines.content.models.pieces_of import refusing_faults
from tsunagari.engines.content.rules.pieces import Fault
from tsunagari.kernel.ids import new_public_id


class PublishRefused(ValidationError):
    """A page may not be published as it stands; `faults` are those of level A."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__([fault.said.told(gettext) for fault in faults])


LONGEST_SUMMARY = 120
"""Characters of a summary: two lines under a link."""


class CityPage(Page):
    """A page: who answers for it, what it is about, and what it says. Each kind is a type of its own.

    `checked_on` is the last day on which somebody of the division read it and found it right.
    """

    kind: ClassVar[Kind]
    drawing: ClassVar[str] = "content/page.html"
    """The template; Wagtail would look for one by the name of each type."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    summary = models.TextField(
        _("要約"),
        max_length=LONGEST_SUMMARY,
        blank=True,
        help_text=_("一覧と検索に出ます。読む人が何を得られるかを、2行（120字）までで。"),
    )
    division = models.CharField(_("担当する課"), max_length=50, blank=True)
    life_events = models.JSONField(_("ライフイベント"), default=list, blank=True)
    keywords = models.CharField(
        _("検索のことば"),
        max_length=500,
        blank=True,
        help_text=_(
            "本文にないことばで探す人のために。「、」で区切ります（例：引越し、住所変更）。"
        ),
    )
    reading = models.CharField(
        _("題名のよみ"),
        max_length=255,
        blank=True,
        help_text=_("読みにくい題名のとき、ひらがなで書きます。"),
    )
    body = StreamField(CityStream(), verbose_name=_("本文"), blank=True)
    checked_on = models.DateField(_("内容を確かめた日"), null=True, blank=True)

    exclude_fields_in_copy: ClassVar[list[str]] = ["public_id", "checked_on"]
    """A copy is a page of its own, and nobody has checked it yet."""

    address_gives_way: bool = False
    """Of a page that a form is about to create: where another page took its address meanwhile, it takes a free one."""

    is_creatable = False

    class Meta:
        abstract = True

    def clean(self) -> None:
        """As Wagtail's; below the home no address is taken that a room of the site has already."""
        super().clean()
        if self.url_path.count("/") > 3 or not self.slug:
            return
        try:
            taken = resolve(f"/{self.slug}/", urlconf=settings.ROOT_URLCONF).view_name
        except Resolver404:
            return
        if taken != "content:page":
            sentence = gettext(
                "このアドレスは、サイトのほかのところで使っています。別の言葉にしてください。"
            )
            raise ValidationError({"slug": sentence})

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """As Wagtail's; whatever way leads to publishing, a page with a fault of level A is refused.

        Raises PublishRefused, and then nothing is written. An alias is a page of its own, too: Wagtail copies it whole,
        and leaves nothing out.
        """
        if self._state.adding and self.alias_of_id:
            self.public_id, self.checked_on = new_public_id(), None
        if self._state.adding and self.address_gives_way:
            self._take_free_address()
        if self._is_being_published():
            found = refusing_faults(self)
            if found:
                raise PublishRefused(found)
        return super().save(*args, **kwargs)

    def _take_free_address(self) -> None:
        """The parent is held by now: nobody else takes an address below it."""
        page: Any = self
        page.slug = free_slug(page.slug, page.get_parent(), page)

    def _is_being_published(self) -> bool:
        if not self.live or not self.live_revision_id or self.pk is None:
            return False
        return not Page.objects.filter(pk=self.pk, live_revision=self.live_revision_id).exists()

    def get_template(self, *_args: Any, **_kwargs: Any) -> str:
        """The same for readers and for a preview."""
        return self.drawing

    def permissions_for_user(self, user: Any) -> PageRights:
        """Narrowed by division."""
        return PageRights(user, self)

    def with_content_json(self, content: Any) -> Any:
        """A version of this page is this page: a copy's first versions bear the public id of the original.

        That somebody found the page right is a fact of the page: an older version does not take it back.
        """
        version = super().with_content_json(content)
        version.public_id = self.public_id
        checked = (day for day in (version.checked_on, self.checked_on) if day)
        version.checked_on = max(checked, default=None)
        return version

    def get_url_parts(self, request: Any = None) -> tuple[int, str, str] | None:
        """Its address in our own address book, under the prefix of its language."""
        possible = self._get_relevant_site_root_paths(request)
        if not possible:
            return None
        site_id, root_path, root_url, language = possible[0]
        path = self.url_path[len(root_path) :]
        return site_id, root_url, address_of(path, language)

    @property
    def labels(self) -> tuple[tuple[str, str], ...]:
        """What it is about, as (sort, code)."""
        return tuple(("life_event", code) for code in self.life_events)

    @property
    def of_kind(self) -> Kind:
        """Its kind."""
        return self.kind


def address_of(path: str, language: str) -> str:
    """The address of a path below the home of a language, on whichever side of the house one asks."""
    home = "/" if language == settings.LANGUAGE_CODE else f"/{language}/"
    return f"{home}{path}"


def free_slug(wanted: str, parent: Any, page: Any) -> str:
    """The last part of an address below a page, with a number where a neighbour has it already."""
    slug, number = wanted, 1
    while not Page._slug_is_available(slug, parent, page):  # noqa: SLF001 - as Wagtail's own form asks
        number += 1
        slug = f"{wanted}-{number}"
    return slug
