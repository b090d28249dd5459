"""The scale's words: what each status is called, and the sentence with a plan's true counts."""

from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.plan.queries.board import IndicatorState, MeasureState, PlanHead
from tsunagari.engines.plan.queries.counts import Counts
from tsunagari.engines.plan.rules.progress import UNTOLD

MARKS: dict[str, tuple[Promise | str, str]] = {
    "achieved": (_("達成"), "achieved"),
    "on_track": (_("順調"), "on-track"),
    "slightly_behind": (_("やや遅れ"), "slightly-late"),
    "behind": (pgettext_lazy("status", "遅れ"), "late"),
    "worsening": (_("後退"), "late"),
    "pending": (_("計測開始前・判定保留"), "waiting"),
    "no_result": (_("実績の登録待ち"), "neutral"),
    "no_target": (_("目標値なし"), "neutral"),
    "indicator": (_("成果指標は検討中"), "neutral"),
    "as_needed": (_("随時対応"), "ongoing"),
    "staged": (_("段階で管理"), "stages"),
    "elsewhere": (_("別計画で管理"), "elsewhere"),
    "ahead": (_("これから始まる取組"), "waiting"),
    "ended": (pgettext_lazy("of a measure", "終了"), "neutral"),
}
"""Word and kind (icon and colour in the design) of each status, and of each measure without one."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A status as shown: `code` for addresses, word, and the kinds of the design's status and bar."""

    code: str
    title: str
    kind: str

    @property
    def swatch(self) -> str:
        """The colour in a bar of counts: nothing there looks like its neighbour."""
        if self.code == "worsening":
            return "worse"
        return "no-result" if self.kind == "neutral" else self.kind


def mark(code: str) -> Mark:
    """The mark of a status or of a kind of measure."""
    title, kind = MARKS[code]
    return Mark(code=code, title=str(title), kind=kind)


def mark_in(head: PlanHead, code: str) -> Mark:
    """The mark of a status in a plan: of one that has ended, nobody waits for results any longer."""
    said = mark(code)
    if head.ended and code == "no_result":
        return replace(said, title=gettext("実績の資料なし"))
    if head.ended and code == "indicator":
        return replace(said, title=gettext("成果指標なし"))
    return said


def mark_of(measure: MeasureState, head: PlanHead) -> Mark:
    """The mark of a plan's measure: its status, or its kind where no indicator is judged; whether it has
    ended or not begun goes before both."""
    return mark_in(head, measure.code)


def mark_of_indicator(indicator: IndicatorState, measure: MeasureState, head: PlanHead) -> Mark:
    """The mark of one indicator by its own figure: where its measure does not run, nobody waits for one."""
    status = indicator.progress.status
    if measure.standing != "running" and status in UNTOLD:
        return mark(measure.standing)
    return mark_in(head, status)


def mark_beside(indicator: IndicatorState, measure: MeasureState, head: PlanHead) -> Mark:
    """The mark of one indicator in a table of measures, which says of each that does not run just that."""
    if measure.standing != "running":
        return mark(measure.standing)
    return mark_in(head, indicator.progress.status)


def sentence(name: str, counts: Counts) -> str:
    """基本方針の30取組：成果指標あり16（順調 9・遅れ 1）、随時対応 1 … with true counts only; what has ended is
    told behind them."""
    return with_ended(_told(name, counts), name, counts)


def with_ended(said: str, name: str, counts: Counts) -> str:
    """A sentence about measures that count, with another one about those that have ended, if any have."""
    if not counts.ended:
        return said
    named = {"plan": name, "number": counts.ended}
    if not counts.all:
        return gettext("%(plan)sの取組は、すべて終了しました（%(number)s取組）。") % named
    ended = gettext("このほかに、終了した取組が%(number)sあります。") % named
    return f"{said}{'' if get_language() == 'ja' else ' '}{ended}"


def _told(name: str, counts: Counts) -> str:
    between = pgettext("between counts in brackets", "・")
    inside = between.join(_count(code, number) for code, number in counts.by_status)
    said = [
        gettext("成果指標あり%(number)s（%(inside)s）")
        % {"number": counts.indicator, "inside": inside}
        if counts.indicator
        else "",
        *(
            _count(kind, number)
            for kind, number in (
                ("indicator", counts.without_indicator),
                ("as_needed", counts.as_needed),
                ("staged", counts.staged),
                ("elsewhere", counts.elsewhere),
                ("ahead", counts.ahead),
            )
            if number
        ),
    ]
    return gettext("%(plan)sの%(all)s取組：%(counts)s。") % {
        "plan": name,
        "all": counts.all,
        "counts": pgettext("between counts", "、").join(filter(None, said)),
    }


def _count(code: str, number: int) -> str:
    title = mark(code).title
    within = title[:1].lower() + title[1:]  # in the middle of a sentence, where letters have cases
    return gettext("%(kind)s %(number)s") % {"kind": within, "number": number}
