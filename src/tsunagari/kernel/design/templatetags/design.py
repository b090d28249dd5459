"""Template tags: icons, figures, and what a component needs that a template cannot compute."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms.utils import ErrorList
from django.template import Context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from tsunagari.kernel.design import badges, banner, figures, forms, icons, structured
from tsunagari.kernel.design.city_look import city_look, in_language
from tsunagari.kernel.design.plain_text import shown
from tsunagari.kernel.design.tables import Column
from tsunagari.kernel.i18n.days import japan, japan_day
from tsunagari.kernel.i18n.eras import format_day

register = template.Library()

Number = Decimal | int | str | None


@register.filter
def whole_words(words: str) -> SafeString:
    """Words for a heading: what a browser's dictionary does not know as one word is never broken at
    the end of a line: years (令和8年度), numbers in a row (第3期) and the city's own name."""
    town = re.escape(conditional_escape(city_look().name["ja"]))
    whole = re.compile(rf"((?:平成|令和)(?:元|\d+)年度?|第\d+[期次回]|{town})(?=({town}|\w)?)")
    return mark_safe(whole.sub(_whole_word, conditional_escape(words)))  # noqa: S308 - escaped above


def _whole_word(found: re.Match[str]) -> str:
    """The word, and after it a place to break unless a particle (から, の) belongs to it."""
    beside = found[2] or ""
    ends = len(beside) > 1 or (beside and not "ぁ" <= beside <= "ん")
    return f'<span class="ts-nowrap">{found[1]}</span>{"<wbr>" if ends else ""}'


@register.simple_tag
def icon(name: str, size: int = 24) -> SafeString:
    """{% icon "check_circle" 20 %}: an icon, hidden from screen readers; words stand beside it."""
    return icons.icon(name, int(size))


@register.inclusion_tag("design/banners.html", takes_context=True)
def emergency_banners(context: Context) -> dict[str, object]:
    """{% emergency_banners %}: what every page says first; nothing on most days. A page without a request, as the
    one that says that something broke, says it too."""
    return {"banners": banner.banners(context.get("request"))}


@register.filter
def json_ld(said: Mapping[str, Any]) -> SafeString:
    """{{ thing|json_ld }}: a thing of schema.org as an element of the head."""
    return structured.json_ld(said)


@register.simple_tag
def city_crest() -> SafeString:
    """The city's crest, for templates that no request reaches."""
    return city_look().crest


@register.simple_tag
def city_name() -> str:
    """The city's name in the reader's language."""
    return in_language(city_look().name)


@register.simple_tag
def site_name() -> str:
    """The site's name in the reader's language."""
    return in_language(city_look().site)


@register.simple_tag
def status_icon(kind: str) -> SafeString:
    """The icon of a kind of status."""
    return badges.status_icon(kind)


@register.simple_tag
def status_badge(kind: str, words: str, attrs: str = "") -> SafeString:
    """{% status_badge "late" words %}: what <c-status> shows."""
    return badges.badge_with(kind, words, attrs) if attrs else badges.status_badge(kind, words)


@register.simple_tag
def era_choices() -> list[tuple[str, str]]:
    """Letters and names of the eras, newest first, and the western calendar."""
    return forms.era_choices()


@register.simple_tag
def share(part: Number, whole: Number, length: int) -> Decimal:
    """{% share now of 100 %}: how long `part` of `whole` is on a bar of `length`."""
    total = _decimal(whole)
    return (_decimal(part) or Decimal(0)) * length / total if total else Decimal(0)


@register.simple_tag
def bullet_bar(
    baseline: Number, target: Number, expected: Number = None, actual: Number = None
) -> figures.Bullet:
    """Places on a bullet bar."""
    return figures.bullet(*map(_decimal, (baseline, target, expected, actual)))


@register.simple_tag
def bullet_words(*values: Number, unit: str = "", digits: Number = None) -> str:
    """What a bullet bar shows, as a sentence; values: baseline, target, expected, actual."""
    return figures.bullet_words(*map(_decimal, values), unit=str(unit), digits=_whole(digits))


@register.simple_tag
def sparkline(values: Sequence[Decimal | None]) -> figures.Spark:
    """Places on a small line."""
    return figures.sparkline([_decimal(value) for value in values])


@register.simple_tag
def sparkline_words(values: Sequence[Decimal | None], unit: str = "", digits: Number = None) -> str:
    """What a small line shows, as a sentence."""
    return figures.sparkline_words(
        [_decimal(value) for value in values], unit=str(unit), digits=_whole(digits)
    )


@register.simple_tag(takes_context=True)
def page_address(context: Context, number: int) -> str:
    """This page's address with another page number; the other parts of the query stay."""
    query = context["request"].GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


@register.filter
def counts_parts(counts: Iterable[figures.Count]) -> tuple[figures.CountPart, ...]:
    """The pieces of a bar of counts."""
    return figures.counts_parts(counts)


@register.filter
def plain_text(text: str) -> SafeString:
    """Typed text with its paragraphs and lists."""
    return shown(text)


@register.filter
def figure(value: Number, digits: Number = None) -> str:
    """{{ value|figure:1 }}: a figure with commas; a missing one is a dash."""
    return figures.figure(_decimal(value), _whole(digits))


@register.filter
def day(value: date | datetime | None) -> str:
    """令和8年11月21日（土） · "Saturday, 21 November 2026": a day in Japan as people read it; "" for none."""
    if value is None:
        return ""
    there = japan_day(value) if isinstance(value, datetime) else value
    return format_day(there, language=get_language() or "ja", weekday=True)


@register.filter
def moment(value: datetime | None, to: str = "m") -> str:
    """令和8年11月21日（土） 13:05, with its seconds for `to="s"`: a day in Japan and its time; "" for none."""
    if value is None:
        return ""
    return f"{day(value)} {japan(value):{'%H:%M:%S' if to == 's' else '%H:%M'}}"


@register.filter
def joined(unit: str) -> str:
    """A unit as it follows its number: 件 close by, views after a space."""
    return figures.joined(str(unit))


@register.filter
def present(value: object) -> object:
    """A cell's content, with a dash where there is none (0 is a number, not nothing)."""
    return "－" if value is None or value == "" else value


@register.filter
def beside(row: Sequence[object], columns: Sequence[Column]) -> Iterator[tuple[Column, object]]:
    """Each cell of a row with its column; a row of another length is refused."""
    return zip(columns, row, strict=True)


@register.filter
def chosen(key: object, value: object) -> bool:
    """Whether a choice is among what was chosen: one key or several."""
    if isinstance(value, list | tuple | set):
        return str(key) in {str(one) for one in value}
    return str(key) == str(value)


@register.filter
def in_words(errors: ErrorList) -> str:
    """A field's errors as one text."""
    return " ".join(str(error) for error in errors)


@register.filter
def page_numbers(page: Page[object]) -> list[int | None]:
    """Numbers of pages to link to; None stands for those left out."""
    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in shown]


def _decimal(value: Number) -> Decimal | None:
    return None if value is None or value == "" else Decimal(str(value))


def _whole(value: Number) -> int | None:
    return None if value is None or value == "" else int(value)
