"""The fields of a measure's yearly sheet (調書), as data: screen, workbook, history and report follow from here.

The sheet joins what Japanese cities ask in a 事務事業評価シート (budget item, legal basis, way of working,
funding, staff-years, fitness, effect, efficiency, direction) with the action plan's quarters. A value travels
as text, "" for none, whatever it is kept as.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from tsunagari.kernel.i18n.texts import N_

Kind = Literal["line", "text", "lines", "yen", "staff", "choice"]
"""line, text: words in one line or several. lines: one thing a line. yen: whole yen. staff: staff-years
(人工) with two digits. choice: one of `choices`."""

Part = Literal["plan", "do", "check"]

GRADES: Final[Mapping[str, str]] = {
    "A": N_("A 目標を上回った"),
    "B": N_("B 目標どおり"),
    "C": N_("C 目標を下回った"),
    "D": N_("D 大きく下回った・未着手"),
}
"""How a division judges its own year."""

SCORES: Final[Mapping[str, str]] = {
    "A": N_("A 高い"),
    "B": N_("B おおむね高い"),
    "C": N_("C やや低い"),
    "D": N_("D 低い"),
}
"""How a division judges fitness, effect and efficiency."""

WAYS: Final[Mapping[str, str]] = {
    "direct": N_("直営"),
    "entrusted": N_("委託"),
    "designated": N_("指定管理"),
    "subsidised": N_("補助"),
    "lent": N_("貸付"),
    "other": N_("その他"),
}

QUARTERS: Final[Mapping[int, str]] = {
    1: N_("第1四半期（4月から6月まで）"),
    2: N_("第2四半期（7月から9月まで）"),
    3: N_("第3四半期（10月から12月まで）"),
    4: N_("第4四半期（1月から3月まで）"),
}


@dataclass(frozen=True, kw_only=True)
class Field:
    """One field. `needed`: the part is not handed in without it. `longest` counts letters. `title` and
    `hint` are marked for translation. `quarter` is 1 to 4 for a field of one quarter. `beforehand`: it is
    settled before the year is judged, and stands from then on."""

    name: str
    title: str
    part: Part
    kind: Kind
    longest: int = 200
    needed: bool = False
    hint: str = ""
    choices: Mapping[str, str] | None = None
    quarter: int = 0
    beforehand: bool = False


def _quarterly(part: Part, ending: str, title: str, longest: int) -> tuple[Field, ...]:
    return tuple(
        Field(
            name=f"q{quarter}_{ending}",
            title=title,
            part=part,
            kind="text",
            longest=longest,
            quarter=quarter,
        )
        for quarter in QUARTERS
    )


FIELDS: Final[tuple[Field, ...]] = (
    Field(
        name="planned",
        title=N_("今年度に取り組むこと"),
        part="plan",
        kind="text",
        longest=2000,
        needed=True,
        hint=N_("市民に公表します。だれが読んでもわかる言葉で書いてください。"),
    ),
    *_quarterly("plan", "plan", N_("予定"), 500),
    Field(
        name="budget",
        title=N_("予算額"),
        part="plan",
        kind="yen",
        hint=N_("円。予算のないときは0"),
    ),
    Field(
        name="budget_item",
        title=N_("予算科目"),
        part="plan",
        kind="line",
        hint=N_("例：款2総務費 項1総務管理費 目10情報管理費"),
    ),
    Field(name="legal_basis", title=N_("根拠法令など"), part="plan", kind="line"),
    Field(name="way", title=N_("実施のしかた"), part="plan", kind="choice", choices=WAYS),
    Field(
        name="criteria",
        title=N_("次の段階へ移す基準"),
        part="plan",
        kind="lines",
        longest=1000,
        beforehand=True,
        hint=N_(
            "段階（調査研究・適用検討・導入実行）で管理する取組は、移すかどうかを決める基準を、先に1行に1つずつ書きます。点検が始まると変えられません。見直しのときに、満たしたかどうかを確かめます。"
        ),
    ),
    *_quarterly("do", "note", N_("実施したこと"), 1000),
    Field(
        name="done",
        title=N_("1年間に実施したこと"),
        part="check",
        kind="text",
        longest=2000,
        needed=True,
        hint=N_("市民に公表します。四半期の記録をもとに、まとめて書いてください。"),
    ),
    Field(
        name="settled",
        title=N_("決算額"),
        part="check",
        kind="yen",
        hint=N_("円。支出のなかったときは0"),
    ),
    Field(name="from_state", title=N_("うち国庫支出金"), part="check", kind="yen"),
    Field(name="from_tokyo", title=N_("うち都道府県支出金"), part="check", kind="yen"),
    Field(name="from_bonds", title=N_("うち地方債"), part="check", kind="yen"),
    Field(name="from_others", title=N_("うちその他の財源"), part="check", kind="yen"),
    Field(
        name="staff_years",
        title=N_("人工（にんく）"),
        part="check",
        kind="staff",
        hint=N_("この取組にかかった職員の数。1人が1年の半分を使ったときは0.5"),
    ),
    Field(
        name="fitness",
        title=N_("妥当性"),
        part="check",
        kind="choice",
        choices=SCORES,
        hint=N_("市が行う必要があるか"),
    ),
    Field(
        name="effect",
        title=N_("有効性"),
        part="check",
        kind="choice",
        choices=SCORES,
        hint=N_("目的の達成に役立っているか"),
    ),
    Field(
        name="efficiency",
        title=N_("効率性"),
        part="check",
        kind="choice",
        choices=SCORES,
        hint=N_("費用と手間に見合っているか"),
    ),
    Field(
        name="grade",
        title=N_("自己評価"),
        part="check",
        kind="choice",
        choices=GRADES,
        needed=True,
    ),
    Field(
        name="comment",
        title=N_("評価の理由と課題"),
        part="check",
        kind="text",
        longest=2000,
        needed=True,
        hint=N_("市民に公表します。"),
    ),
    Field(
        name="missing_reason",
        title=N_("実績を出せない理由"),
        part="check",
        kind="text",
        longest=500,
        hint=N_("実績の数値が出せない指標があるときに書きます。"),
    ),
    Field(
        name="next_planned",
        title=N_("次の年度に取り組むこと"),
        part="check",
        kind="text",
        longest=2000,
        hint=N_("次の年度の「今年度に取り組むこと」に、そのまま入ります。"),
    ),
)
"""Every field, in the order in which a sheet shows them."""


class _Named:
    """The fields by name and by part."""

    @cached_property
    def by_name(self) -> dict[str, Field]:
        return {each.name: each for each in FIELDS}

    def of(self, part: str) -> tuple[Field, ...]:
        return tuple(each for each in FIELDS if each.part == part)


NAMED: Final = _Named()

CARRIED: Final[Mapping[str, str]] = {
    "planned": "next_planned",
    "budget_item": "budget_item",
    "legal_basis": "legal_basis",
    "way": "way",
    "criteria": "criteria",
}
"""What a new year's sheet takes over: the new field, and the old year's field from which it comes."""

FUNDS: Final = ("from_state", "from_tokyo", "from_bonds", "from_others")
"""The parts of the settled cost that are not 一般財源."""
