"""What of a plan can be edited in the console: every field of every thing, as data.

A field's value travels as text, whatever it is: from the form to the action, into the history and back
from it. `meaning` fields change what published figures mean: they are not changed without a reason.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, Literal

from tsunagari.engines.plan.rules.plan_words import (
    ACCUMULATIONS,
    DIRECTIONS,
    DRIVER_KINDS,
    LABELS,
    LINEAGE_KINDS,
    MEASURE_KINDS,
    PHASES,
    SECTION_KINDS,
    STAGE_WORDS,
    VERDICTS,
)
from tsunagari.kernel.i18n.texts import N_

Kind = Literal[
    "line",
    "text",
    "code",
    "slug",
    "choice",
    "whole",
    "year",
    "figure",
    "truth",
    "codes",
    "day",
    "address",
    "ref",
    "ties",
    "scale",
]
"""line, text: words in one line or several. code: a short sign. slug: a sign for addresses. choice: one of `choices`. codes, ties:
several signs, with commas between them. ref: one other row, by the sign that people know it by."""

LINE: Final = 200
REASON: Final = 300
TEXT: Final = 5000
"""Letters of the longest line, reason and text."""


@dataclass(frozen=True, kw_only=True)
class Editable:
    """One field. `title` is marked for translation; `longest` counts letters. A `settled` field
    stays as it is once the city's files told the thing: its address and its ties hang on it."""

    name: str
    title: str
    kind: Kind
    longest: int = LINE
    translated: bool = False
    needed: bool = False
    meaning: bool = False
    settled: bool = False
    hint: str = ""
    choices: Mapping[str, str] | None = None


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The fields of one kind of thing."""

    kind: str
    title: str
    fields: tuple[Editable, ...]

    @cached_property
    def by_name(self) -> dict[str, Editable]:
        """The fields by their names."""
        return {each.name: each for each in self.fields}

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """Every text of the thing: "name", and "name.en" beside it where there is a translation."""
        return tuple(
            key
            for each in self.fields
            for key in ((each.name, english(each.name)) if each.translated else (each.name,))
        )


def english(name: str) -> str:
    """The key of a field's English text."""
    return f"{name}.en"


def parts_of(key: str) -> tuple[str, str]:
    """Field and language of a key: ("name", "en") of "name.en"."""
    return (key.removesuffix(".en"), "en") if key.endswith(".en") else (key, "ja")


def _line(name: str, title: str, *, longest: int = LINE, **more: Any) -> Editable:
    return Editable(name=name, title=title, kind="line", longest=longest, **more)


def _text(name: str, title: str, **more: Any) -> Editable:
    return Editable(name=name, title=title, kind="text", longest=TEXT, **more)


def both(name: str, title: str, **more: Any) -> Editable:
    """A line in Japanese and English."""
    return _line(name, title, translated=True, **more)


def long_text(name: str, title: str, **more: Any) -> Editable:
    """A text of several lines in Japanese and English."""
    return _text(name, title, translated=True, **more)


def choice(name: str, title: str, choices: Mapping[str, str], **more: Any) -> Editable:
    """One of some signs, each with its words."""
    return Editable(name=name, title=title, kind="choice", choices=choices, **more)


MEASURE: Final = Sheet(
    kind="measure",
    title=N_("取組"),
    fields=(
        Editable(
            name="number",
            title=N_("番号"),
            kind="code",
            longest=12,
            needed=True,
            meaning=True,
            settled=True,
            hint=N_("半角の英数字とハイフン。例：31、7-1。ページの住所になります。"),
        ),
        both("name", N_("取組の名前"), needed=True),
        Editable(name="section", title=N_("分野・一覧"), kind="ref", needed=True),
        choice("kind", N_("管理のしかた"), MEASURE_KINDS, needed=True, meaning=True),
        Editable(
            name="divisions",
            title=N_("課"),
            kind="codes",
            hint=N_("計画の期間の名前で選びます。統合された課には、いまの課を添えています。"),
        ),
        Editable(name="and_others", title=N_("ほかに「関係各課」がある"), kind="truth"),
        Editable(name="viewpoints", title=N_("視点"), kind="codes"),
        long_text("purpose", N_("目的")),
        long_text("outline", N_("概要")),
        long_text("note", N_("備考")),
        long_text("mended", N_("資料から直したところ")),
        both(
            "managed_in",
            N_("管理している計画"),
            hint=N_("「別の計画で管理」の取組だけに書きます。"),
        ),
        Editable(
            name="from_year",
            title=N_("はじまる年度"),
            kind="year",
            meaning=True,
            hint=N_("計画の途中の年度から始まる取組だけに。西暦4桁。例：2026"),
        ),
        Editable(
            name="until_year",
            title=N_("終わる年度"),
            kind="year",
            meaning=True,
            hint=N_("計画の途中の年度で終わる取組だけに。その年度の終わりまで続きます。"),
        ),
        long_text("until_reason", N_("終わる理由")),
    ),
)
STAGE: Final = Sheet(
    kind="stage",
    title=N_("段階"),
    fields=(
        both("text", N_("段階の言葉"), needed=True),
        choice("word", N_("段階の種類"), STAGE_WORDS, needed=True),
        Editable(
            name="column",
            title=N_("資料で言葉がある年度"),
            kind="year",
            needed=True,
            hint=N_("西暦4桁。例：2026"),
        ),
        Editable(
            name="first_year", title=N_("はじめの年度"), kind="year", hint=N_("不明なら空に。")
        ),
        Editable(
            name="last_year", title=N_("終わりの年度"), kind="year", hint=N_("不明なら空に。")
        ),
    ),
)
LINEAGE: Final = Sheet(
    kind="lineage",
    title=N_("もとになった取組"),
    fields=(
        Editable(name="origin", title=N_("もとの取組"), kind="ref", needed=True, settled=True),
        choice("kind", N_("つながり方"), LINEAGE_KINDS, needed=True),
        both("note", N_("読み取りの根拠"), longest=300),
    ),
)
ACTION: Final = Sheet(
    kind="action",
    title=N_("年度の取組内容"),
    fields=(
        long_text("planned", N_("この年度にすること")),
        long_text("done", N_("この年度にしたこと")),
    ),
)
INDICATOR: Final = Sheet(
    kind="indicator",
    title=N_("指標"),
    fields=(
        both("name", N_("指標の名前"), needed=True),
        both("unit", N_("単位"), longest=20, meaning=True),
        choice("accumulate", N_("数値の足し方"), ACCUMULATIONS, needed=True, meaning=True),
        choice("direction", N_("目指す向き"), DIRECTIONS, needed=True, meaning=True),
        Editable(
            name="meter",
            title=N_("数値を受け取るところ"),
            kind="ref",
            meaning=True,
            hint=N_("選ぶと、その数え方の数値がこの指標の実績になります。"),
        ),
        Editable(
            name="factor",
            title=N_("割合に掛ける数"),
            kind="whole",
            needed=True,
            meaning=True,
            hint=N_("％なら100。割合でない指標は1。"),
        ),
        Editable(name="digits", title=N_("小数点より下の桁数"), kind="whole", needed=True),
        Editable(name="low", title=N_("幅の下の端"), kind="figure", meaning=True),
        Editable(name="high", title=N_("幅の上の端"), kind="figure", meaning=True),
        choice("phase", N_("整備か利用か"), PHASES, needed=True),
        Editable(
            name="to_set_year",
            title=N_("指標を決める年度"),
            kind="year",
            hint=N_("これから決める指標だけに。決めたら空にします。"),
        ),
        Editable(name="target_open", title=N_("目標値は検討中"), kind="truth"),
        long_text("reason", N_("目標値の理由")),
        _line("baseline_words", N_("基準の数値の欄の言葉（資料のまま）")),
        _line("target_words", N_("目標値の欄の言葉（資料のまま）")),
        Editable(
            name="series",
            title=N_("計画をまたぐ系列"),
            kind="ref",
            meaning=True,
            hint=N_("同じものを数えている指標どうしを、一つの線でつなぎます。"),
        ),
        both("definition_note", N_("前の計画からの数え方の変更"), longest=300),
    ),
)
SECTION: Final = Sheet(
    kind="section",
    title=N_("分野・一覧"),
    fields=(
        both("name", N_("分野・一覧の名前"), needed=True),
        choice("kind", N_("種類"), SECTION_KINDS, needed=True),
        long_text("outline", N_("説明")),
    ),
)
ACTION_PLAN: Final = Sheet(
    kind="action_plan",
    title=N_("年度のアクションプラン"),
    fields=(both("name", N_("名前"), needed=True), long_text("note", N_("説明"))),
)
PLAN: Final = Sheet(
    kind="plan",
    title=N_("計画"),
    fields=(
        both("name", N_("計画の名前"), needed=True),
        both("short_name", N_("短い名前"), longest=60, needed=True),
        both("idea", N_("基本理念")),
        long_text("outline", N_("説明")),
        both("source", N_("出典"), longest=300, needed=True),
        both("list_name", N_("一覧の名前"), longest=100, needed=True),
        Editable(name="scale", title=N_("評価の基準"), kind="scale", meaning=True),
    ),
)
DRIVER: Final = Sheet(
    kind="driver",
    title=N_("背景"),
    fields=(
        both("name", N_("名前"), needed=True),
        choice("kind", N_("観点"), DRIVER_KINDS, needed=True),
        both("issuer", N_("出したところ"), longest=100),
        Editable(name="issued_on", title=N_("出された日"), kind="day", hint=N_("例：2013-05-31")),
        Editable(
            name="issued_year",
            title=N_("出された年度"),
            kind="year",
            hint=N_("日が分からないときだけ。西暦4桁。"),
        ),
        both("source", N_("出典"), longest=300, needed=True),
        Editable(name="address", title=N_("資料のページ"), kind="address", longest=500),
        long_text("outline", N_("説明")),
        Editable(name="measures", title=N_("関わる取組"), kind="ties"),
    ),
)
ASSET: Final = Sheet(
    kind="asset",
    title=N_("情報基盤"),
    fields=(
        both("name", N_("名前"), needed=True),
        long_text("outline", N_("説明")),
        Editable(name="division", title=N_("課"), kind="ref"),
        Editable(
            name="since_year",
            title=N_("使い始めた年度"),
            kind="year",
            hint=N_("西暦4桁。不明なら空に。"),
        ),
        Editable(
            name="yearly_cost",
            title=N_("年間の費用（円）"),
            kind="whole",
            hint=N_("分からないときは空に。0は「かからない」の意味です。"),
        ),
        both("use", N_("使われ方"), longest=300),
        choice("verdict", N_("これから"), VERDICTS),
        both("source", N_("出典"), longest=300, needed=True),
        Editable(name="measures", title=N_("関わる取組"), kind="ties"),
    ),
)
SHEETS: Final[dict[str, Sheet]] = {
    sheet.kind: sheet
    for sheet in (
        PLAN,
        SECTION,
        ACTION_PLAN,
        MEASURE,
        STAGE,
        LINEAGE,
        ACTION,
        INDICATOR,
        DRIVER,
        ASSET,
    )
}


def plan_sheet(viewpoints: Mapping[str, str], issues: Mapping[str, str]) -> Sheet:
    """The fields of one plan: those of every plan, its words for the columns, and the names and
    outlines of its viewpoints and central issues (Japanese names by code)."""
    labels = tuple(
        both(f"labels.{column}", title, longest=40, needed=True) for column, title in LABELS.items()
    )
    named = tuple(
        field
        for group, codes, title in (
            ("viewpoints", viewpoints, N_("視点の名前")),
            ("issues", issues, N_("中心課題の名前")),
        )
        for code in codes
        for field in (
            both(f"{group}.{code}.name", title, longest=100, needed=True),
            long_text(f"{group}.{code}.outline", N_("説明")),
        )
    )
    return Sheet(kind="plan", title=PLAN.title, fields=(*PLAN.fields, *labels, *named))


def as_text(value: object) -> str:
    """A value as the text that travels: nothing is "", yes is "1", a list has commas."""
    if value is None or value is False:
        return ""
    if value is True:
        return "1"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, list | tuple):
        return ",".join(str(each) for each in value)
    return str(value)
