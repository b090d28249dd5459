"""The form of a page: who answers for it, what it is about, and its address.

The division is one of those for which the clerk writes. An address that nobody typed follows the title
until the page is published for the first time.
"""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.blocks.base import BlockField, BlockWidget

from tsunagari.engines.content.models.blocks import division_choices
from tsunagari.engines.content.models.city_page import free_slug
from tsunagari.engines.content.models.permission import actor_of_user, is_of_office
from tsunagari.engines.content.queries.vocabulary import (
    certificate_words,
    life_event_words,
    titles_of,
)
from tsunagari.engines.content.rules.site_file import Word
from tsunagari.kernel.i18n.furigana import romaji_slug

SCRIPTS = ("places", "faults", "paste", "table", "form", "send")


class _AsTheyStand(BlockWidget):
    """Blocks that were not sent."""

    def __init__(self, block: Any, value: Any) -> None:
        super().__init__(block)
        self._value = value

    def value_from_datadict(self, *_: object) -> Any:
        """What stands on the page, or nothing on a new one."""
        return self.block_def.get_default() if self._value is None else self._value


class CityPageForm(WagtailAdminPageForm):
    """What every kind of page asks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "division" in self.fields:
            self.fields["division"] = self._division()
        self._keep_what_was_not_sent()
        self._choose("life_events", life_event_words())
        self._choose("disability_classes", certificate_words())
        if "slug" in self.fields:
            self.fields["slug"].required = False
        self._title_before = self.instance.title

    def _keep_what_was_not_sent(self) -> None:
        """A browser without scripts sends no blocks: they stay as they are, and the rest is taken."""
        for name, field in self.fields.items() if self.is_bound else ():
            sent = f"{self.add_prefix(name)}-count" in self.data
            if isinstance(field, BlockField) and not sent:
                field.widget = _AsTheyStand(field.block, self.initial.get(name))

    def _choose(self, name: str, words: Iterable[Word]) -> None:
        """Checkboxes for a list of codes; what stands there already can be kept. Nothing is asked without choices."""
        if name not in self.fields:
            return
        known = dict(titles_of(words, get_language() or "ja"))
        known |= {each: each for each in getattr(self.instance, name) if each not in known}
        old = self.fields.pop(name)
        if known:
            self.fields[name] = forms.MultipleChoiceField(
                label=old.label,
                required=False,
                choices=list(known.items()),
                widget=forms.CheckboxSelectMultiple,
            )

    def _division(self) -> forms.ChoiceField:
        old = self.fields["division"]
        own = own_divisions(self.for_user)
        choices = [each for each in division_choices() if own is None or each[0] in own]
        stands = self.instance.division
        if stands and stands not in dict(choices):
            choices.append((stands, dict(division_choices()).get(stands, stands)))
        if not stands and not self.is_bound:
            self.initial["division"] = _first(self.for_user, choices)
        return forms.ChoiceField(
            label=old.label,
            help_text=_("このページの内容に責任を持つ課です。問い合わせ先にもなります。"),
            choices=[("", _("選んでください")), *choices],
        )

    def clean(self) -> dict[str, Any]:
        """As Wagtail's, with an address made of the title where none was typed."""
        self.made_slug = self._made_slug()
        if self.made_slug:
            self.cleaned_data["slug"] = self.made_slug
        cleaned: dict[str, Any] = super().clean()
        first, last = cleaned.get("age_from"), cleaned.get("age_to")
        if first is not None and last is not None and first > last:
            self.add_error("age_to", gettext("「から」の年齢以上にしてください。"))
        return cleaned

    def _made_slug(self) -> str:
        """The address that follows the title, "" where the typed one stands."""
        typed = self.cleaned_data.get("slug", "")
        page = self.instance
        title = self.cleaned_data.get("title", "")
        reading = self.cleaned_data.get("reading", "")
        follows = (
            page.pk
            and page.first_published_at is None
            and typed == page.slug
            and typed.startswith(suggested_slug(self._title_before, page.reading))
        )
        if typed and not follows:
            return ""
        wanted = suggested_slug(title, reading)
        if typed.startswith(wanted) and typed:
            return ""
        return free_slug(wanted, self.parent_page, page)

    def save(self, commit: bool = True) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """A new page is a draft until it is published by way of its first version."""
        if self.instance.pk is None:
            self.instance.live = False
            self.instance.address_gives_way = True
        return super().save(commit=commit)

    @property
    def media(self) -> forms.Media:
        """With the scripts that stand beside Wagtail's editor."""
        media: forms.Media = super().media + forms.Media(
            js=[f"content/console/{each}.js" for each in SCRIPTS],
            css={"all": ["content/console/editor.css"]},
        )
        return media


def own_divisions(user: Any) -> frozenset[str] | None:
    """The divisions for which a clerk writes; None for all of them."""
    if user is None or user.is_superuser or is_of_office(actor_of_user(user)):
        return None
    return frozenset(post.division for post in actor_of_user(user).posts)


def suggested_slug(title: str, reading: str = "") -> str:
    """The address that a title would have: its reading in Latin letters, "page" where there is none."""
    return romaji_slug(reading or title) or "page"


def _first(user: Any, choices: Iterable[tuple[str, Any]]) -> str:
    """The division for which she acts, where it may be chosen."""
    known = dict(choices)
    acting = getattr(user, "tsunagari_acting_division", "") if user else ""
    posts = actor_of_user(user).posts if user else ()
    wanted = (acting, *(post.division for post in posts))
    return next((each for each in wanted if each in known), "")
