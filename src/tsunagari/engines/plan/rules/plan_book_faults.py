"""What is wrong in a plan's workbook: where, in words, and the same for what the checks of a plan's file say."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext, pgettext
from openpyxl.utils import get_column_letter

from tsunagari.engines.plan.rules.pack import Problem
from tsunagari.kernel.i18n.texts import N_


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where something stands: the sheet's name ("" for the whole file), row and column from 1 (0: the whole
    of it), the column's header. `row` is the thing's key among its sheet's, for finding what hangs on it."""

    sheet: str
    line: int = 0
    column: int = 0
    header: str = ""
    kind: str = ""
    row: tuple[str, ...] = field(default=())

    def __str__(self) -> str:
        if not self.sheet:
            return ""
        said = {"sheet": self.sheet, "line": self.line, "header": self.header}
        said["column"] = get_column_letter(self.column) if self.column else ""
        if self.line and self.column:
            return gettext("「%(sheet)s」シート %(line)d行目 %(column)s列「%(header)s」：") % said
        if self.line:
            return gettext("「%(sheet)s」シート %(line)d行目：") % said
        return gettext("「%(sheet)s」シート：") % said


@dataclass(frozen=True, kw_only=True)
class BookFault:
    """One thing that is wrong, in a sentence in the reader's language."""

    place: Place
    says: str

    def __str__(self) -> str:
        return f"{self.place}{self.says}"


class BookRefused(ValueError):
    """The workbook was not taken in, and nothing was changed; `faults` says why."""

    def __init__(self, faults: Sequence[BookFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass(frozen=True, kw_only=True)
class Saying:
    """How a fault of a plan's file (its words in English, with names for what varies) is said of a workbook."""

    wrong: re.Pattern[str]
    says: str
    sheet: str = ""


def _of(wrong: str, says: str, *, sheet: str = "") -> Saying:
    parts = re.split(r"\{(\w+)\}", wrong)
    names = iter(parts[1::2])
    pattern = "".join(
        part + (f"(?P<{name}>.+?)" if (name := next(names, None)) else "")
        for part in map(re.escape, parts[::2])
    )
    return Saying(wrong=re.compile(pattern, re.DOTALL), says=says, sheet=sheet)


SAYINGS: Final = (
    _of("measures is missing or empty", N_("取組が1つもありません。"), sheet="measure"),
    _of("sections is missing or empty", N_("分野が1つもありません。"), sheet="section"),
    _of(
        "indicators is missing or empty",
        N_("成果指標で管理する取組ですが、「指標」のシートに、この取組の指標がありません。"),
    ),
    _of(
        "stages is missing or empty",
        N_("段階で管理する取組ですが、「段階」のシートに、この取組の段階がありません。"),
    ),
    _of(
        "a measure of kind {kind} has indicators",
        N_(
            "この取組には指標があります。「管理のしかた」を「成果指標で管理」にするか、指標の行を消してください。"
        ),
    ),
    _of("divisions are missing", N_("課を書いてください。")),
    _of(
        "{code} in divisions is not known",
        N_("%(code)s という課はありません。先に課を登録してください。"),
    ),
    _of("{code} is named twice in {key}", N_("%(code)s が2回書かれています。1回にしてください。")),
    _of(
        "meter {meter} is not declared by any service",
        N_("%(meter)s という数え方はありません。"),
    ),
    _of(
        "target_open stands beside targets",
        N_("「目標値は検討中」なのに、目標値があります。どちらかにしてください。"),
    ),
    _of(
        "two values stand for one period",
        N_(
            "基準の年度の数値が「実績値」のシートにもあります。「指標」のシートの基準の数値だけにしてください。"
        ),
    ),
    _of(
        "{value} of {year} is a count below zero",
        N_("%(year)s年度の %(value)s は、0より小さい数です。数を数える指標は0以上です。"),
    ),
    _of(
        "{value} of {year} has more places than are shown",
        N_(
            "%(year)s年度の %(value)s は、指標の「小数点より下の桁数」より細かい数です。桁数か数値を直してください。"
        ),
    ),
    _of(
        "the figure of {year} has only one part of its ratio",
        N_(
            "%(year)s年度の数値に、分子か分母の片方だけがあります。両方書くか、両方空にしてください。"
        ),
    ),
    _of(
        "{value} of {year} does not follow from {numerator} of {denominator}",
        N_(
            "%(year)s年度の %(value)s は、分子 %(numerator)s ÷ 分母 %(denominator)s と合いません。数値か、指標の「割合に掛ける数」（％なら100）と桁数を確かめてください。"
        ),
    ),
    _of(
        "a target is given as a change of a baseline that is missing",
        N_("目標が増減で書かれていますが、「指標」のシートに基準の数値がありません。"),
    ),
    _of(
        "the target {value} is not {baseline} with {change} points",
        N_(
            "目標の %(value)s は、基準の %(baseline)s に %(change)s ポイントを足した数ではありません。目標の数値か増減を直してください。"
        ),
    ),
    _of(
        "the target {value} is not {baseline} with {change} percent",
        N_(
            "目標の %(value)s は、基準の %(baseline)s を %(change)s ％増やした数ではありません。目標の数値か増減を直してください。"
        ),
    ),
    _of(
        "the target of {year} does not come after the baseline of {baseline}",
        N_("%(year)s年度の目標が、基準の年度（%(baseline)s年度）より後ではありません。"),
    ),
    _of(
        "year {year} lies outside the plan",
        N_("%(year)s年度は、計画の期間の外です。計画のはじめと終わりの年度の間にしてください。"),
    ),
    _of(
        "the baseline's year {year} comes after the plan",
        N_("%(year)s年度は、計画が終わった後です。"),
    ),
    _of("year is missing", N_("年度が空です。")),
    _of("year is {year}", N_("%(year)s年度は、ありえない年度です。西暦4桁を確かめてください。")),
    _of(
        "a result of {year} cannot be known yet",
        N_(
            "%(year)s年度の実績は、まだ分かりません。目指す数値なら「目標値」のシートに書いてください。"
        ),
    ),
    _of("month is {month}", N_("%(month)s月はありません。1から12までの月にしてください。")),
    _of("value is missing", N_("数値が空です。")),
    _of("code is missing", N_("系列の名前を書くときは、系列の記号も書いてください。")),
    _of("name is missing", N_("系列の記号を書くときは、系列の名前も書いてください。")),
    _of("{key} has no Japanese text", N_("英語だけがあります。日本語を書いてください。")),
    _of(
        "the thresholds {on_track} and {slightly_behind} are not in order",
        N_(
            "「順調」の下限 %(on_track)s と「やや遅れ」の下限 %(slightly_behind)s が合いません。0より大きく1以下で、「やや遅れ」を小さくしてください（例：0.95 と 0.60）。"
        ),
    ),
    _of(
        "a scale of the city's own has no grades",
        N_("市で決めた記号を使うときは、「評価の記号」のシートに記号を書いてください。"),
    ),
    _of(
        "grades stand beside a preset",
        N_(
            "「評価の記号」のシートに記号があります。「評価の記号の種類」を「市で決めた記号」にするか、記号の行を消してください。"
        ),
        sheet="grade",
    ),
    _of(
        "the status {status} has two grades",
        N_("進み具合 %(status)s が2つの記号にあります。1つにしてください。"),
        sheet="grade",
    ),
    _of(
        "no grade stands for {missing}",
        N_("進み具合 %(missing)s を表す記号がありません。"),
        sheet="grade",
    ),
    _of(
        "the predecessor {code} is no plan that began earlier",
        N_("「前の計画」の %(code)s は、この計画より前に始まった計画ではありません。"),
    ),
    _of(
        "measure {number} grew from {plan} {origin}, which does not exist",
        N_(
            "もとの取組（計画 %(plan)s の %(origin)s）がありません。先に前の計画を読み込むか、番号を直してください。"
        ),
    ),
    _of(
        "measure {number} has an action in {year}, for which there is no action plan",
        N_(
            "取組 %(number)s の %(year)s年度の内容がありますが、「年度のアクションプラン」のシートにその年度がありません。"
        ),
        sheet="action",
    ),
    _of(
        "measure {number} is published but it, or one of its indicators, is missing here",
        N_(
            "取組 %(number)s か、その指標の1つが、このファイルにありません。公表した取組と指標は消せません。行を戻してください。"
        ),
        sheet="measure",
    ),
    _of(
        "{closed} is closed and published; its result of measure {number}, indicator {order}, would be {after} instead of {before}",
        N_(
            "%(closed)s年度は確定して公表しているため、取組 %(number)s の%(order)s番目の指標の実績を変えられません（%(before)s → %(after)s）。元に戻してください。直すときは、年次報告の正誤として公表します。"
        ),
        sheet="value",
    ),
    _of(
        "{closed} is closed and published; its target of measure {number}, indicator {order}, would be {after} instead of {before}",
        N_(
            "%(closed)s年度は確定して公表しているため、取組 %(number)s の%(order)s番目の指標の目標値を変えられません（%(before)s → %(after)s）。元に戻してください。"
        ),
        sheet="target",
    ),
    _of(
        "{closed} is closed and published; what measure {number} {what} in it would read otherwise",
        N_(
            "%(closed)s年度は確定して公表しているため、取組 %(number)s のその年度の内容を変えられません。元に戻してください。直すときは、年次報告の正誤として公表します。"
        ),
        sheet="action",
    ),
    _of(
        "number {number} is a page's own word",
        N_("「%(number)s」は、ページの住所に使う言葉です。ほかの番号にしてください。"),
    ),
)
"""What the checks of a plan's file can still find once every cell was read, in the order in which it is looked up."""


_FIGURES: Final = ("before", "after")
"""What was and what would be: the file's checks say "nothing" where there is no figure."""


def said_of(problem: Problem) -> tuple[str, dict[str, str], str]:
    """A problem's sentence for a workbook, what it names, and the kind of sheet it belongs to ("" as told).
    What nobody has put into words yet is told as the file's checks say it."""
    for saying in SAYINGS:
        found = saying.wrong.fullmatch(problem.wrong)
        if found:
            named = {name: text.strip("'") for name, text in found.groupdict().items()}
            nothing = pgettext("within a sentence", "数値なし")
            named |= {name: nothing for name in _FIGURES if named.get(name) == "nothing"}
            return gettext(saying.says) % named, named, saying.sheet
    return f"{problem.wrong}; {problem.right}", {}, ""
