"""The tables of a closed year that are given away: a line for each figure, and one for each measure."""

from collections.abc import Iterator
from typing import Final

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.cycle.declare import DECISIONS
from tsunagari.engines.cycle.rules.fields import GRADES, NAMED, QUARTERS, SCORES, WAYS
from tsunagari.engines.cycle.rules.yearbook import (
    Yearbook,
    YearFigure,
    YearIndicator,
    YearMeasure,
)
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.eras import format_fiscal_year

Cell = str | int | None

_ORDER: Final = ("baseline", "actual", "target", "target_low", "target_high")


def figure_rows(book: Yearbook) -> tuple[plan_api.FigureRow, ...]:
    """Every figure of the year's indicators in the shape of the plan's own open table: baseline, results up
    to the year, targets. A year of the plan without a result has a line that says so."""
    return tuple(
        row
        for measure in book.measures
        for indicator in measure.indicators
        for row in sorted(
            _figures(book, measure, indicator),
            key=lambda row: (row.fiscal_year, _ORDER.index(row.kind)),
        )
    )


def _figures(
    book: Yearbook, measure: YearMeasure, indicator: YearIndicator
) -> Iterator[plan_api.FigureRow]:
    known = {each.year for each in indicator.results}
    for each in indicator.results:
        base = each.year == indicator.baseline_year
        yield _row(book, measure, indicator, each, "baseline" if base else "actual")
    for year in range(book.first_year, book.fiscal_year + 1):
        if year not in known:
            yield _row(book, measure, indicator, YearFigure(year=year, value=None), "actual")
    for each in indicator.targets:
        yield _row(book, measure, indicator, each, "target")
    if indicator.direction == "range":
        year = indicator.target_year or book.last_year
        for value, kind in ((indicator.low, "target_low"), (indicator.high, "target_high")):
            if value is not None:
                yield _row(book, measure, indicator, YearFigure(year=year, value=value), kind)


def _row(
    book: Yearbook, measure: YearMeasure, indicator: YearIndicator, figure: YearFigure, kind: str
) -> plan_api.FigureRow:
    result = kind in ("baseline", "actual")
    return plan_api.FigureRow(
        plan=book.plan,
        plan_name=book.plan_name,
        measure_number=measure.number,
        measure=measure.name,
        indicator_order=indicator.order,
        indicator=indicator.name,
        unit=indicator.unit,
        fiscal_year=figure.year,
        fiscal_year_name=format_fiscal_year(FiscalYear(figure.year), language=book.language),
        kind=kind,  # type: ignore[arg-type]  # one of _ORDER
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        obs_status=_obs_status(figure) if result else None,  # type: ignore[arg-type]  # as there
        whole_year=figure.whole if result and figure.value is not None else None,
        provenance=figure.origin if result else "",
        source=figure.source,
        definition=indicator.definition,
        accumulation=indicator.accumulate,
        direction=indicator.direction,
        note=figure.reason,
    )


def _obs_status(figure: YearFigure) -> str:
    if figure.value is None:
        return "missing"
    return "estimated" if figure.origin == "estimated" else figure.status or "final"


def _column(
    name: str,
    title: Promise | str,
    means: Promise | str,
    datatype: str = "string",
    *,
    codes: dict[str, Promise | str] | None = None,
    required: bool = False,
) -> plan_api.Column:
    return plan_api.Column(
        name=name, title=title, means=means, datatype=datatype, codes=codes, required=required
    )


def _coded(words: dict[str, str]) -> dict[str, Promise | str]:
    return {code: _(word) for code, word in words.items()}


def _of_sheet(
    name: str, means: Promise, datatype: str = "string", codes: dict[str, str] | None = None
) -> plan_api.Column:
    """A column of a sheet's field, under the field's own title."""
    said = _coded(codes) if codes else None
    return _column(name, _(NAMED.by_name[name].title), means, datatype, codes=said)


_QUARTERLY: Final = (
    ("plan", _("第{quarter}四半期の予定"), _("四半期に行うと決めたこと。")),
    ("note", _("第{quarter}四半期に実施したこと"), _("四半期の終わりに書いたもの。")),
)

MEASURE_COLUMNS: Final = (
    _column("plan", _("計画コード"), _("計画を見分ける文字。"), required=True),
    _column("plan_name", _("計画"), _("計画の名前。"), required=True),
    _column(
        "fiscal_year",
        _("年度（西暦）"),
        _("年度の始まる年。"),
        "integer",
        required=True,
    ),
    _column("measure_number", _("取組番号"), _("計画の中での取組の番号。"), required=True),
    _column("measure", _("取組"), _("取組の名前。"), required=True),
    _column("section", _("分野・一覧"), _("計画の中で取組が載る分野または一覧。")),
    _column("divisions", _("担当課"), _("担当する課。いくつかあるときは「、」で区切ります。")),
    _column(
        "status",
        _("状況"),
        _("成果指標の判定。判定する指標のない取組では、管理のしかた。"),
    ),
    _of_sheet("planned", _("年度のはじめに決めたこと。")),
    *(
        _column(f"q{quarter}_{part}", format_lazy(title, quarter=quarter), means)
        for quarter in QUARTERS
        for part, title, means in _QUARTERLY
    ),
    _of_sheet("done", _("年度の終わりにまとめたもの。")),
    _of_sheet("budget", _("円。分からないときは空欄です。"), "integer"),
    _of_sheet("settled", _("円。分からないときは空欄です。"), "integer"),
    _of_sheet("from_state", _("円。決算額のうち。"), "integer"),
    _of_sheet("from_tokyo", _("円。決算額のうち。"), "integer"),
    _of_sheet("from_bonds", _("円。決算額のうち。"), "integer"),
    _of_sheet("from_others", _("円。決算額のうち。"), "integer"),
    _column("general", _("うち一般財源"), _("円。決算額からほかの財源を除いた額。"), "integer"),
    _of_sheet("staff_years", _("職員1人の1年分の仕事を1とした数。"), "decimal"),
    _of_sheet("way", _("実施のしかたの記号。"), codes=dict(WAYS)),
    _of_sheet("fitness", _("担当課の評価。"), codes=dict(SCORES)),
    _of_sheet("effect", _("担当課の評価。"), codes=dict(SCORES)),
    _of_sheet("efficiency", _("担当課の評価。"), codes=dict(SCORES)),
    _of_sheet("grade", _("担当課が付けた総合の評価。"), codes=dict(GRADES)),
    _of_sheet("comment", _("担当課の文章。")),
    _column("decision", _("見直しの決定"), _("次の年度からどうするか。"), codes=_coded(DECISIONS)),
    _column("decision_reason", _("決定の理由"), _("決定の理由。")),
    _column("decision_from", _("決定が始まる年度"), _("年度の始まる年（西暦）。"), "integer"),
    _of_sheet("next_planned", _("担当課が年度の終わりに書いたもの。")),
)
"""In the order of the file; names do not change."""

MEASURE_KEY: Final = ("plan", "fiscal_year", "measure_number")


def measure_headers(language: str) -> list[str]:
    """The header of the table of measures in a language."""
    return plan_api.open_headers(language, MEASURE_COLUMNS)


def measure_rows(book: Yearbook) -> list[list[Cell]]:
    """A line for each measure, in the order of MEASURE_COLUMNS."""
    sections = {each.code: each.name for each in book.sections}
    return [_line(book, each, sections.get(each.section, "")) for each in book.measures]


def _line(book: Yearbook, measure: YearMeasure, section: str) -> list[Cell]:
    decision = measure.decision
    said: dict[str, Cell] = {
        "plan": book.plan,
        "plan_name": book.plan_name,
        "fiscal_year": book.fiscal_year,
        "measure_number": measure.number,
        "measure": measure.name,
        "section": section,
        "divisions": "、".join(measure.divisions),
        "status": measure.status_title,
        "general": measure.general,
        "staff_years": None if measure.staff_years is None else f"{measure.staff_years:f}",
        "decision": decision.kind if decision else "",
        "decision_reason": decision.reason if decision else "",
        "decision_from": decision.from_year if decision else None,
    }
    for each in measure.quarters:
        said[f"q{each.quarter}_plan"] = each.plan
        said[f"q{each.quarter}_note"] = each.note
    return [
        said[column.name] if column.name in said else getattr(measure, column.name)
        for column in MEASURE_COLUMNS
    ]
