"""The open table of a plan's figures: one line for each indicator, fiscal year and kind of figure.

It follows the Digital Agency's rules for machine-readable tables (機械可読性の規則: one table, its header in
line 1, one value a cell, unique headers, code lists beside it, long form).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Kind = Literal["baseline", "actual", "target", "target_low", "target_high"]
Status = Literal["final", "provisional", "revised", "estimated", "missing"]
Cell: TypeAlias = str | int | Decimal | date | None
Words: TypeAlias = Promise | str


@dataclass(frozen=True, kw_only=True)
class FigureRow:
    """One figure of the open table, in one language. `value` None: the year is over and nothing is known.

    `obs_status`, `whole_year` and `provenance` say nothing of targets. `as_of` is the last day of which
    a figure speaks that is not of its whole fiscal year.
    """

    plan: str
    plan_name: str
    measure_number: str
    measure: str
    indicator_order: int
    indicator: str
    unit: str
    fiscal_year: int
    fiscal_year_name: str
    kind: Kind
    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    obs_status: Status | None = None
    whole_year: bool | None = None
    as_of: date | None = None
    provenance: str = ""
    source: str = ""
    definition: str = ""
    accumulation: str = ""
    direction: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column: `name` for machines, `title` as the header says it, what it means, its datatype (CSVW).

    `codes` are the words that may stand in it, each with its meaning. `required`: never empty.
    """

    name: str
    title: Words
    means: Words
    datatype: str = "string"
    required: bool = False
    codes: Mapping[str, Words] | None = None


COLUMNS: Final = (
    Column(
        name="plan",
        title=_("計画コード"),
        means=_("計画を見分ける文字。ページと API のアドレスに使うものと同じです。"),
        required=True,
    ),
    Column(name="plan_name", title=_("計画"), means=_("計画の名前。"), required=True),
    Column(
        name="measure_number",
        title=_("取組番号"),
        means=_("計画の中での取組の番号。数字とは限りません。"),
        required=True,
    ),
    Column(name="measure", title=_("取組"), means=_("取組の名前。"), required=True),
    Column(
        name="indicator_order",
        title=_("指標番号"),
        means=_("取組の中で何番目の指標か（1から）。"),
        datatype="integer",
        required=True,
    ),
    Column(name="indicator", title=_("指標"), means=_("指標の名前。"), required=True),
    Column(
        name="unit",
        title=_("単位"),
        means=_("数値の単位。単位の決まっていない指標では空欄です。"),
    ),
    Column(
        name="fiscal_year",
        title=_("年度（西暦）"),
        means=_("年度の始まる年。2026 は 2026年4月1日から2027年3月31日までです。"),
        datatype="integer",
        required=True,
    ),
    Column(
        name="fiscal_year_name",
        title=_("年度"),
        means=_("年度の呼び名。"),
        required=True,
    ),
    Column(
        name="kind",
        title=_("数値の種類"),
        means=_("その行の数値が何か。"),
        required=True,
        codes={
            "baseline": _("基準（計画の出発点とした年度の実績）"),
            "actual": _("実績"),
            "target": _("目標値"),
            "target_low": _("目標の幅の下限"),
            "target_high": _("目標の幅の上限"),
        },
    ),
    Column(
        name="value",
        title=_("数値"),
        means=_("単位の欄の単位による数値。分からないときは空欄で、0 とは違います。"),
        datatype="decimal",
    ),
    Column(
        name="numerator",
        title=_("分子"),
        means=_("割合の分子。割合でないか、分からないときは空欄です。"),
        datatype="decimal",
    ),
    Column(
        name="denominator",
        title=_("分母"),
        means=_("割合の分母。割合でないか、分からないときは空欄です。"),
        datatype="decimal",
    ),
    Column(
        name="obs_status",
        title=_("数値の状態"),
        means=_("実績がどれだけ確かか。目標では空欄です。"),
        codes={
            "final": _("確定"),
            "provisional": _("暫定（変わることがあります）"),
            "revised": _("修正（前に公表した数値を直しました）"),
            "estimated": _("見込"),
            "missing": _("不明（年度は終わりましたが、数値が登録されていません）"),
        },
    ),
    Column(
        name="whole_year",
        title=_("年度全体の数値か"),
        means=_(
            "年度の全体を表す数値なら true、年度の途中までなら false。目標と不明の年度では空欄です。"
        ),
        datatype="boolean",
    ),
    Column(
        name="as_of",
        title=_("いつまでの数値か"),
        means=_("年度の途中までの数値が表す最後の日。年度の全体を表すときは空欄です。"),
        datatype="date",
    ),
    Column(
        name="provenance",
        title=_("数値の出どころ"),
        means=_("実績がどのように得られたか。目標では空欄です。"),
        codes={
            "plan": _("計画書に書かれた基準の数値"),
            "metered": _("自動計測（このサイトのサービスが数えました）"),
            "loaded": _("取込（ほかの仕組みから受け取りました）"),
            "summed": _("自動計測と取込・入力の合計"),
            "typed": _("入力（担当する課が登録しました）"),
            "estimated": _("見込（計画書に見込として書かれたか、見込として登録されました）"),
        },
    ),
    Column(name="source", title=_("出典"), means=_("数値のもとになった資料や仕組み。")),
    Column(
        name="definition",
        title=_("定義"),
        means=_("指標が何をどう数えるか。計画書に説明がないときは空欄です。"),
    ),
    Column(
        name="accumulation",
        title=_("集計のしかた"),
        means=_("数値を年度へまとめる決まり。"),
        required=True,
        codes={
            "flow": _("その年度に起きた数の合計"),
            "stock": _("その時点での総数"),
            "latest": _("その年度の最後の値"),
            "ratio": _("分子の合計を分母の合計で割った値"),
        },
    ),
    Column(
        name="direction",
        title=_("目標の向き"),
        means=_("どうなれば目標に近づくか。"),
        required=True,
        codes={
            "up": _("増える"),
            "down": _("減る"),
            "keep": _("目標値以上を保つ"),
            "range": _("決められた幅の中にある"),
            "milestone": _("決められた段階に達する"),
        },
    ),
    Column(
        name="note",
        title=pgettext_lazy("open data", "理由"),
        means=_("数値や目標を置き換えた理由。"),
    ),
)
"""In the order of the file. Names are those of FigureRow's fields, and do not change."""

KEY: Final = ("plan", "measure_number", "indicator_order", "fiscal_year", "kind")
"""What tells one line from every other, also where the files of several plans are put together."""


def headers(language: str, columns: Sequence[Column] = COLUMNS) -> list[str]:
    """The header of the table in a language; of another table with columns of its own."""
    with translation.override(language):
        return [str(column.title) for column in columns]


def cells(row: FigureRow) -> list[Cell]:
    """A line of the table, in the order of COLUMNS; what is not known or not meant is empty."""
    return [_cell(getattr(row, column.name)) for column in COLUMNS]


def _cell(value: object) -> Cell:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return plain_number(value)
    return value if isinstance(value, str | int | date) else None


def plain_number(value: Decimal) -> Decimal:
    """The same figure without zeros at its end, never with an exponent: 26.60 is 26.6."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def as_mapping(row: FigureRow) -> dict[str, str | int | bool | None]:
    """A line as JSON has it: names of columns, decimal figures as text, null where nothing is known."""
    return {field.name: _json(getattr(row, field.name)) for field in fields(row)}


def _json(value: object) -> str | int | bool | None:
    if isinstance(value, Decimal):
        return f"{plain_number(value):f}"
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, str | int | bool) and value != "" else None


def in_every_language(words: Words, languages: Iterable[str]) -> dict[str, str]:
    """A text by language."""
    said = {}
    for language in languages:
        with translation.override(language):
            said[language] = str(words)
    return said
