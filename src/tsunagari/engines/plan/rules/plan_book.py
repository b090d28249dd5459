"""The workbook in which a city hands over a whole plan: its sheets and columns, and what a cell keeps.

A sheet is a list of fields as the console's forms have them, so that one set of words and checks serves
both. A row is texts by key ("name", "name.en", "baseline.value"), as they travel everywhere in the plan.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from tsunagari.engines.plan.rules.addable import ADDED
from tsunagari.engines.plan.rules.editable import (
    ACTION,
    ACTION_PLAN,
    INDICATOR,
    LINEAGE,
    MEASURE,
    REASON,
    STAGE,
    Editable,
    Sheet,
    both,
    choice,
    plan_sheet,
)
from tsunagari.kernel.i18n.texts import N_, P_

LARGEST: Final = 10 * 1024 * 1024
"""Bytes of the largest workbook that is read; both real plans together have about 60,000."""

GUIDE: Final = N_("はじめに")
CHOICES: Final = N_("選択肢")
"""Sheets that are written and not read: how to fill in the others, and what can be chosen."""

PRESETS: Final = {
    "words": N_("言葉のみ（達成・順調・やや遅れ・遅れ）"),
    "abcd": N_("A・B・C・D"),
    "fsabc": N_("F・S・A・B・C・X・Y・Z"),
    "own": N_("市で決めた記号（「評価の記号」のシート）"),
}
BEST: Final = {
    "first": N_("上の行がよい（A が最もよい）"),
    "last": N_("下の行がよい（5 が最もよい）"),
}
ORIGINS: Final = {
    "loaded": P_("origin of a figure", "取込"),
    "typed": P_("origin of a figure", "入力"),
    "metered": P_("origin of a figure", "自動計測"),
    "estimated": P_("origin of a figure", "見込み"),
}
STATES: Final = {"final": N_("確定"), "provisional": N_("暫定"), "revised": N_("修正")}


@dataclass(frozen=True, kw_only=True)
class BookSheet:
    """One sheet: its fields, the keys by which a row is known, and what an empty cell stands for.

    `upright` is a sheet of one thing with a row for each field. `said` tells above the table what goes
    into it.
    """

    sheet: Sheet
    identity: tuple[str, ...]
    said: str
    upright: bool = False
    empty: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """What a row of it is."""
        return self.sheet.kind


@dataclass(frozen=True, kw_only=True)
class BookRow:
    """One thing: its texts by key, its first row in Excel, and the row and column of each cell (from 1).
    What was read from the database stands nowhere: 0 and nothing."""

    cells: Mapping[str, str]
    line: int = 0
    where: Mapping[str, tuple[int, int]] = field(default_factory=dict)


Book = Mapping[str, Sequence[BookRow]]
"""Rows by the kind of thing."""


def row_key(sheet: BookSheet, row: BookRow) -> tuple[str, ...]:
    """By what a row is known among those of its sheet."""
    return tuple(row.cells[name] for name in sheet.identity)


def _field(sheet: Sheet, name: str, **other: object) -> Editable:
    return replace(sheet.by_name[name], **other)  # type: ignore[arg-type]  # names of its own fields


def _year(name: str, title: str, **more: bool) -> Editable:
    return Editable(name=name, title=title, kind="year", **more)  # type: ignore[arg-type]  # as above


def _figure(name: str, title: str, *, needed: bool = False, hint: str = "") -> Editable:
    return Editable(name=name, title=title, kind="figure", needed=needed, hint=hint)


_MEASURE: Final = Editable(
    name="measure", title=N_("取組の番号"), kind="code", longest=12, needed=True
)
_ORDER: Final = Editable(
    name="indicator",
    title=N_("指標の順"),
    kind="whole",
    needed=True,
    hint=N_("その取組の何番目の指標か。1つだけなら1。"),
)
_RATIO: Final = (
    _figure("numerator", N_("分子"), hint=N_("割合の指標だけに。")),
    _figure("denominator", N_("分母"), hint=N_("割合の指標だけに。")),
)


def _plan() -> Sheet:
    given = ADDED["plan"]
    labels = [each for each in plan_sheet({}, {}).fields if each.name.startswith("labels.")]
    share = N_("0より大きく1以下。空なら、ふつうの値です。")
    return Sheet(
        kind="plan",
        title=given.title,
        fields=(
            *(
                replace(each, title=N_("種類")) if each.name == "kind" else each
                for each in given.fields
            ),
            *labels,
            choice("scale.preset", N_("評価の記号の種類"), PRESETS),
            _figure("scale.on_track", N_("「順調」の下限"), hint=share),
            _figure("scale.slightly_behind", N_("「やや遅れ」の下限"), hint=share),
            choice("scale.best", N_("よい方"), BEST),
            Editable(
                name="written_at",
                title=N_("書き出した日時"),
                kind="line",
                hint=N_(
                    "このままにしてください。このあとに画面で直したところを残すための目印です。"
                ),
            ),
        ),
    )


_SERIES: Final = (
    Editable(
        name="series.code",
        title=N_("系列の記号"),
        kind="slug",
        longest=60,
        hint=N_("前の計画の指標と同じものを数えるときだけに。同じ記号の指標が一つの線になります。"),
    ),
    both("series.name", N_("系列の名前")),
)
_BASELINE: Final = (
    _year("baseline.year", N_("基準の年度")),
    _figure("baseline.value", N_("基準の数値")),
    Editable(name="baseline.estimated", title=N_("基準は見込み"), kind="truth"),
    _figure("baseline.numerator", N_("基準の分子")),
    _figure("baseline.denominator", N_("基準の分母")),
)


def _indicator() -> Sheet:
    own = [
        part
        for each in INDICATOR.fields
        for part in (_SERIES if each.name == "series" else (each,))
    ]
    return Sheet(
        kind="indicator", title=INDICATOR.title, fields=(_MEASURE, _ORDER, *own, *_BASELINE)
    )


def _sheet(kind: str, title: str, *fields: Editable) -> Sheet:
    return Sheet(kind=kind, title=title, fields=fields)


PLAN: Final = BookSheet(
    sheet=_plan(),
    identity=("code",),
    upright=True,
    said=N_("計画そのものについて。1行が1つの項目です。"),
    empty={"scale.preset": "words", "scale.best": "first"},
)
SECTION: Final = BookSheet(
    sheet=replace(ADDED["section"], title=N_("分野")),
    identity=("code",),
    said=N_("取組をまとめる分野や一覧。1行が1つの分野で、上からの順に並びます。"),
    empty={"kind": "list"},
)
VIEWPOINT: Final = BookSheet(
    sheet=ADDED["viewpoint"], identity=("code",), said=N_("取組に付ける視点。なければ空のままに。")
)
ISSUE: Final = BookSheet(
    sheet=ADDED["issue"], identity=("code",), said=N_("計画の中心課題。なければ空のままに。")
)
GRADE: Final = BookSheet(
    sheet=_sheet(
        "grade",
        N_("評価の記号"),
        Editable(name="code", title=N_("記号"), kind="code", longest=12, needed=True),
        both("title", N_("記号の言葉"), needed=True),
        Editable(name="statuses", title=N_("表す進み具合"), kind="codes"),
    ),
    identity=("code",),
    said=N_("市で決めた評価の記号。「計画」のシートで「市で決めた記号」を選んだときだけに。"),
)
THING: Final = BookSheet(
    sheet=MEASURE,
    identity=("number",),
    said=N_(
        "1行が1つの取組で、上からの順に並びます。課と視点がいくつもあるときは「、」で区切ります。"
    ),
)
STEP: Final = BookSheet(
    sheet=_sheet("stage", N_("段階"), _MEASURE, *STAGE.fields),
    identity=(),
    said=N_("段階で管理する取組の段階。1行が1つの段階で、取組ごとに上からの順に並びます。"),
)
MEASURED: Final = BookSheet(
    sheet=_indicator(),
    identity=("measure", "indicator"),
    said=N_("成果指標で管理する取組の指標。1行が1つの指標です。数値には単位を付けません。"),
    empty={"digits": "0", "factor": "1", "phase": "use"},
)
TARGET: Final = BookSheet(
    sheet=_sheet(
        "target",
        N_("目標値"),
        _MEASURE,
        _ORDER,
        _year("year", N_("年度"), needed=True),
        _figure(
            "value", N_("目標の数値"), needed=True, hint=N_("指標の単位で。単位は付けません。")
        ),
        _figure(
            "points",
            N_("増減（ポイント）"),
            hint=N_("計画が「5ポイント増」のように書くときだけに。"),
        ),
        _figure("percent", N_("増減（％）"), hint=N_("計画が「7％増」のように書くときだけに。")),
        *_RATIO,
    ),
    identity=("measure", "indicator", "year"),
    said=N_("指標の目標値。1行が1つの年度の目標です。"),
)
VALUE: Final = BookSheet(
    sheet=_sheet(
        "value",
        N_("実績値"),
        _MEASURE,
        _ORDER,
        _year("year", N_("年度"), needed=True),
        Editable(
            name="month",
            title=N_("月"),
            kind="whole",
            hint=N_("月の数値なら1〜12。年度の数値なら空に。"),
        ),
        _figure(
            "value", N_("実績の数値"), needed=True, hint=N_("分からないときは、行ごと書きません。")
        ),
        *_RATIO,
        choice("origin", N_("数値の得方"), ORIGINS),
        choice("status", N_("状態"), STATES),
        Editable(
            name="source",
            title=N_("出どころ"),
            kind="line",
            longest=REASON,
            hint=N_("空なら、計画の出典です。"),
        ),
        Editable(name="reason", title=N_("替えた理由"), kind="line", longest=REASON),
    ),
    identity=("measure", "indicator", "year", "month"),
    said=N_("指標の実績値。1行が1つの年度か月の実績です。基準の数値は「指標」のシートに書きます。"),
    empty={"origin": "loaded", "status": "final"},
)
ORIGIN: Final = BookSheet(
    sheet=_sheet(
        "lineage",
        N_("もとになった取組"),
        _MEASURE,
        Editable(name="plan", title=N_("もとの計画の記号"), kind="slug", longest=60, needed=True),
        Editable(name="number", title=N_("もとの取組の番号"), kind="code", longest=12, needed=True),
        _field(LINEAGE, "kind"),
        _field(LINEAGE, "note"),
    ),
    identity=("measure", "plan", "number"),
    said=N_("前の計画のどの取組から続いているか。先に、前の計画を読み込んでおきます。"),
)
YEAR: Final = BookSheet(
    sheet=_sheet(
        "action_plan",
        N_("年度のアクションプラン"),
        _year("year", N_("年度"), needed=True),
        *ACTION_PLAN.fields,
    ),
    identity=("year",),
    said=N_("年度ごとのアクションプラン。1行が1つの年度です。"),
)
DEED: Final = BookSheet(
    sheet=_sheet(
        "action",
        N_("年度の取組"),
        _MEASURE,
        _year("year", N_("年度"), needed=True),
        *ACTION.fields,
    ),
    identity=("measure", "year"),
    said=N_("取組ごとに、その年度にすることと、したこと。"),
)
SHEETS: Final[dict[str, BookSheet]] = {
    each.kind: each
    for each in (
        PLAN,
        SECTION,
        VIEWPOINT,
        ISSUE,
        GRADE,
        THING,
        STEP,
        MEASURED,
        TARGET,
        VALUE,
        ORIGIN,
        YEAR,
        DEED,
    )
}
"""The sheets in the order of the workbook, which is that of filling it in."""


@dataclass(frozen=True, kw_only=True)
class Called:
    """What can be chosen by name in the cells of a field: words by code, codes by every other word that is
    understood (`also`), and words that are rather shown where they are understood (`then`): what a
    division was called in the plan's own years."""

    words: Mapping[str, str]
    also: Mapping[str, str] = field(default_factory=dict)
    then: Mapping[str, str] = field(default_factory=dict)


Names = Mapping[str, Called]
"""By field: divisions, statuses, meter, predecessor; sections and viewpoints are the workbook's own."""
