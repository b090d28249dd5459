"""Errata: what can be corrected in a yearbook, how it is typed, and the yearbook that comes of it.

A place is a name of rules/fields.py ("done", "q1_note", "settled" …), "decision.reason", "decision.against",
"opinion.1.text", "opinion.1.answer" for what was said of the measure, or "<indicator's public id>.<year>" for an
indicator's result of a fiscal year.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from tsunagari.engines.cycle.rules.fields import FIELDS, NAMED, QUARTERS, Field
from tsunagari.engines.cycle.rules.report_words import UNKNOWN, amount, worded, year_name, yen
from tsunagari.engines.cycle.rules.typed import FieldRefused, Held, text_of, value_of
from tsunagari.engines.cycle.rules.yearbook import (
    Yearbook,
    YearFigure,
    YearIndicator,
    YearMeasure,
)
from tsunagari.kernel.design.figures import figure
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.i18n.widths import NumberRefused, parse_number

PLACES: Final = 4
"""Digits behind the point that a figure may have at most."""

_DECISION: Final = (
    Field(name="reason", title=N_("見直しの決定の理由"), part="check", kind="text", longest=2000),
    Field(
        name="against",
        title=N_("基準を満たさずに移す理由"),
        part="check",
        kind="text",
        longest=500,
    ),
)
_OPINION: Final = (
    Field(
        name="text", title=N_("委員会の意見"), part="check", kind="text", longest=2000, needed=True
    ),
    Field(
        name="answer", title=N_("委員会の意見への市の回答"), part="check", kind="text", longest=2000
    ),
)


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One place of one measure (by its number) as it should read, as it was typed. "" for nothing."""

    measure: str
    place: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """What an erratum changed, as texts; `title` is the place's name in Japanese."""

    measure: str
    place: str
    title: str
    before: str
    after: str


class CorrectionRefused(ValueError):
    """A correction that cannot be made; `at` is its place in the list, from 0."""

    def __init__(self, words: str, at: int) -> None:
        super().__init__(words)
        self.at = at


@dataclass(frozen=True, kw_only=True)
class ChangeWords:
    """What an erratum changed, as people read it: 2, the measure's name, 決算額, 980,000円, 890,000円."""

    measure: str
    name: str
    title: str
    before: str
    after: str


def places_of(measure: YearMeasure, year: int) -> Iterator[tuple[str, str]]:
    """Every place of a measure that can be corrected, with its name in the reader's language: the sheet's
    fields, then each indicator's results up to the year itself."""
    for each in FIELDS:
        if each.kind != "lines":
            yield each.name, _field_title(each)
    for place in _said_places(measure):
        yield place, title_of(measure, place)
    for indicator in measure.indicators:
        years = {figure.year for figure in indicator.results} | {year}
        for known in sorted(years, reverse=True):
            yield f"{indicator.public_id}.{known}", _figure_title(indicator, known)


def title_of(measure: YearMeasure, place: str) -> str:
    """A place's name in the reader's language. Raises LookupError for a place that is none."""
    field = field_at(measure, place)
    if field is None:
        indicator, year = figure_at(measure, place)
        return _figure_title(indicator, year)
    if place.startswith("opinion.") and len(measure.opinions) > 1:
        number = int(place.split(".")[1])
        return _("%(field)s（%(number)d件目）") % {"field": _field_title(field), "number": number}
    return _field_title(field)


def is_figure(place: str) -> bool:
    """Whether a place is an indicator's result of a fiscal year."""
    return place.rpartition(".")[2].isdecimal()


def field_at(measure: YearMeasure, place: str) -> Field | None:
    """The field of a place; None where a figure stands, or nothing."""
    if place in NAMED.by_name:
        return NAMED.by_name[place]
    own = _DECISION if place.startswith("decision.") else _OPINION
    name = place.rpartition(".")[2]
    return (
        next((f for f in own if f.name == name), None) if place in _said_places(measure) else None
    )


def _said_places(measure: YearMeasure) -> Iterator[str]:
    """Places of the decision about a measure and of the opinions on it."""
    if measure.decision is not None:
        yield "decision.reason"
    if measure.decision is not None and measure.decision.stage_to:
        yield "decision.against"
    for number in range(1, len(measure.opinions) + 1):
        yield from (f"opinion.{number}.{each.name}" for each in _OPINION)


def change_words(book: Yearbook, change: Corrected) -> ChangeWords:
    """One change in the reader's language; a dash where nothing stood or stands."""
    measure = book.measure(change.measure)
    try:
        title = title_of(measure, change.place) if measure else change.title
    except LookupError:
        title = change.title
    return ChangeWords(
        measure=change.measure or UNKNOWN,
        name=measure.name if measure else "",
        title=title,
        before=_text_words(measure, change.place, change.before),
        after=_text_words(measure, change.place, change.after),
    )


def _text_words(measure: YearMeasure | None, place: str, text: str) -> str:
    """A text of a place with its unit, as the report shows it."""
    if not text:
        return UNKNOWN
    field = field_at(measure, place) if measure else NAMED.by_name.get(place)
    if field is not None:
        return _field_words(field, text)
    try:
        return amount(Decimal(text), figure_at(measure, place)[0]) if measure else text
    except LookupError:
        return text


def _field_words(field: Field, text: str) -> str:
    if field.kind == "yen":
        return yen(int(text))
    if field.kind == "staff":
        return figure(Decimal(text), 2)
    return worded(field.choices, text) if field.choices else text


def figure_at(measure: YearMeasure, place: str) -> tuple[YearIndicator, int]:
    """The indicator and fiscal year of a place. Raises LookupError."""
    public_id, _dot, year = place.rpartition(".")
    found = next((each for each in measure.indicators if each.public_id == public_id), None)
    if found is None or not year.isdecimal():
        raise LookupError(place)
    return found, int(year)


def text_at(measure: YearMeasure, place: str) -> str:
    """What stands at a place, as text. Raises LookupError."""
    if field_at(measure, place) is not None:
        return text_of(_held(measure, place))
    indicator, year = figure_at(measure, place)
    figure = indicator.result_of(year)
    return text_of(figure.value if figure else None)


def corrected(
    book: Yearbook, corrections: Sequence[Correction], reason: str
) -> tuple[Yearbook, tuple[Corrected, ...]]:
    """The yearbook with its corrections, and those that changed something. Raises CorrectionRefused.

    Judgements that rest on a figure are not made anew here.
    """
    done: list[Corrected] = []
    for at, each in enumerate(corrections):
        measure = book.measure(each.measure)
        if measure is None:
            raise CorrectionRefused(_("この取組は、この年度の報告にありません。"), at)
        try:
            mended, change = _correct(measure, each, book.fiscal_year, reason)
        except LookupError as unknown:
            raise CorrectionRefused(_("訂正する項目を選び直してください。"), at) from unknown
        except FieldRefused as refused:
            raise CorrectionRefused(str(refused), at) from refused
        if change is not None:
            book = put_measure(book, mended)
            done.append(change)
    return book, tuple(done)


def put_measure(book: Yearbook, measure: YearMeasure) -> Yearbook:
    """The yearbook with this measure in the place of the one of its number."""
    return replace(
        book,
        measures=tuple(measure if m.number == measure.number else m for m in book.measures),
    )


def _correct(
    measure: YearMeasure, correction: Correction, year: int, reason: str
) -> tuple[YearMeasure, Corrected | None]:
    place = correction.place
    before = text_at(measure, place)
    field = field_at(measure, place)
    if field is not None:
        mended = _put(measure, place, _read(field, correction.text))
    else:
        mended = _put_figure(measure, place, _figure(correction.text), year, reason)
    after = text_at(mended, place)
    if before == after:
        return measure, None
    said = Corrected(
        measure=measure.number,
        place=place,
        title=title_of(measure, place),
        before=before,
        after=after,
    )
    return mended, said


def _held(measure: YearMeasure, place: str) -> Held:
    said, _dot, name = place.rpartition(".")
    if said == "decision":
        return str(getattr(measure.decision, name))
    if said:
        return str(getattr(measure.opinions[int(said.rpartition(".")[2]) - 1], name))
    field = NAMED.by_name[place]
    if field.kind == "lines":
        raise LookupError(place)
    if field.quarter:
        part = "plan" if field.part == "plan" else "note"
        return str(getattr(measure.quarters[field.quarter - 1], part))
    value: Held = getattr(measure, place)
    return value


def _put(measure: YearMeasure, place: str, value: Held) -> YearMeasure:
    said, _dot, name = place.rpartition(".")
    if said:
        return _put_said(measure, said, {name: str(value or "")})
    field = NAMED.by_name[place]
    if not field.quarter:
        return replace(measure, **{place: value})  # type: ignore[arg-type]  # the field's own kind
    text = str(value or "")
    quarters = tuple(
        each
        if each.quarter != field.quarter
        else replace(each, plan=text)
        if field.part == "plan"
        else replace(each, note=text)
        for each in measure.quarters
    )
    return replace(measure, quarters=quarters)


def _put_said(measure: YearMeasure, said: str, text: dict[str, str]) -> YearMeasure:
    if said == "decision":
        assert measure.decision is not None  # noqa: S101 - it is a place only where there is one
        return replace(measure, decision=replace(measure.decision, **text))  # type: ignore[arg-type]  # texts are texts
    number = int(said.rpartition(".")[2])
    opinions = tuple(
        replace(each, **text) if place == number else each
        for place, each in enumerate(measure.opinions, start=1)
    )
    return replace(measure, opinions=opinions)


def _read(field: Field, text: str) -> Held:
    value = value_of(text, field)
    if field.needed and value in ("", None):
        raise FieldRefused(_("この項目は空にできません。正しい内容を入力してください。"))
    return value


def _figure(text: str) -> Decimal | None:
    try:
        value = parse_number(text)
    except NumberRefused as refused:
        raise FieldRefused(str(refused)) from refused
    if value is not None and value != round(value, PLACES):
        raise FieldRefused(_("小数第4位までで入力してください。"))
    return None if value is None else Decimal(text_of(value))


def _put_figure(
    measure: YearMeasure, place: str, value: Decimal | None, year: int, reason: str
) -> YearMeasure:
    """A result that was given alone: the parts of a ratio are not known for it."""
    indicator, of = figure_at(measure, place)
    if of > year:
        raise LookupError(place)
    others = [each for each in indicator.results if each.year != of]
    if value is not None:
        figure = YearFigure(year=of, value=value, origin="typed", status="revised", reason=reason)
        others.append(figure)
    results = tuple(sorted(others, key=lambda each: each.year))
    mended = replace(indicator, results=results)
    return replace(
        measure,
        indicators=tuple(
            mended if each.public_id == indicator.public_id else each for each in measure.indicators
        ),
    )


def _field_title(field: Field) -> str:
    if field.quarter:
        return pgettext("a field of a quarter", "%(quarter)s：%(field)s") % {
            "quarter": _(QUARTERS[field.quarter]),
            "field": _(field.title),
        }
    return _(field.title)


def _figure_title(indicator: YearIndicator, year: int) -> str:
    return _("実績：%(indicator)s（%(year)s）") % {
        "indicator": indicator.name,
        "year": year_name(year, get_language() or "ja"),
    }
