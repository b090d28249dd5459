"""What the yearly cycle is, and what it says to the ledger."""

from dataclasses import dataclass
from typing import Final

from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.ledger.declare import Event, Words
from tsunagari.kernel.service.declare import Engine

engine = Engine(
    id="cycle",
    title=N_("年度の進行管理"),
    purpose=N_(
        "計画の1年を、課の計画づくりから実施・点検・見直し・公表まで一つの流れで進め、確定した年度を年次報告として公表します。"
    ),
    zone="lgwan",
)

_PLAN: Final = Words(title=N_("計画"))
_YEAR: Final = Words(title=N_("年度"))

PHASES: Final[dict[str, str]] = {
    "planning": N_("計画づくり"),
    "running": N_("実施中"),
    "checking": N_("点検・評価"),
    "committee": N_("委員会の意見"),
    "acting": N_("見直し"),
    "frozen": N_("確定・公表"),
}
"""The phases of a year in their order (計画・実施・点検・見直し, policy 5)."""

PARTS: Final[dict[str, str]] = {
    "plan": N_("計画"),
    "do": N_("実施の記録"),
    "check": N_("点検・評価"),
}
"""The parts of a measure's sheet."""

MOVES: Final[dict[str, str]] = {
    "submitted": N_("提出"),
    "returned": N_("差し戻し"),
    "accepted": N_("受理"),
}
"""What can happen to a part that is handed in."""

DECISIONS: Final[dict[str, str]] = {
    "continue": N_("継続"),
    "expand": N_("拡充"),
    "improve": N_("見直し"),
    "merge": N_("統合"),
    "split": N_("分割"),
    "abolish": N_("廃止"),
    "new": N_("新規"),
}
"""What can be decided of a measure for the next year."""

STEPS: Final[dict[str, str]] = {
    "plan": N_("計画"),
    "q1": N_("第1四半期"),
    "q2": N_("第2四半期"),
    "q3": N_("第3四半期"),
    "q4": N_("第4四半期"),
    "check": N_("点検・評価"),
    "opinion": N_("委員会の意見"),
    "act": N_("見直しの決定"),
}
"""The steps of a year that have a day until which they are due."""

HINTS: Final[dict[str, str]] = {
    "unusual": N_("これまでと違う動きの数値"),
    "reached": N_("3年続けて目標に届いている指標"),
    "unmeasured": N_("一度も測っていない指標"),
    "stopped": N_("止まっている計測"),
    "unreasoned": N_("理由のない目標値"),
    "differs": N_("確定した数値と違う実績"),
    "unchanged": N_("3年間変わっていない文章"),
    "afterwards": N_("提出・受理のあとに変わった実績"),
}
"""What is worth a second look; the rule of each stands in rules/hints.py."""


@dataclass(frozen=True, kw_only=True)
class YearOpened(
    Event,
    name="cycle.year_opened",
    title=N_("年度のはじまり"),
    words={
        "plan": _PLAN,
        "fiscal_year": _YEAR,
        "sheets": Words(title=N_("調書の数")),
    },
):
    """The secretariat opened a plan's year. `plan` is its code, `sheets` how many measures it holds."""

    plan: str
    fiscal_year: int
    sheets: int


@dataclass(frozen=True, kw_only=True)
class PhaseMoved(
    Event,
    name="cycle.phase_moved",
    title=N_("年度の段階の移動"),
    words={
        "before": Words(title=N_("前の段階"), values=PHASES),
        "after": Words(title=N_("新しい段階"), values=PHASES),
    },
):
    """A year went on to its next phase, or back by one. Its subject is the cycle."""

    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class DeadlinesSet(
    Event,
    name="cycle.deadlines_set",
    title=N_("年度の設定の変更"),
    words={"changed": Words(title=N_("変わった項目の数"))},
):
    """The secretariat changed days until which steps are due, or the stated assumptions of a year."""

    changed: int


@dataclass(frozen=True, kw_only=True)
class SheetWritten(
    Event,
    name="cycle.sheet_written",
    title=N_("調書の記入"),
    words={
        "fields": Words(title=N_("変わった項目の数")),
        "way": Words(
            title=N_("記入の方法"),
            values={
                "screen": N_("画面"),
                "workbook": N_("Excelのファイル"),
                "carried": N_("前年度から"),
            },
        ),
    },
):
    """Fields of a measure's sheet were changed. What they read stands in the sheet's own history."""

    fields: int
    way: str


@dataclass(frozen=True, kw_only=True)
class SheetMoved(
    Event,
    name="cycle.sheet_moved",
    title=N_("調書の提出・差し戻し・受理"),
    words={
        "part": Words(title=N_("部分"), values=PARTS),
        "move": Words(title=N_("出来事"), values=MOVES),
    },
):
    """A part of a sheet was handed in, given back or accepted."""

    part: str
    move: str


@dataclass(frozen=True, kw_only=True)
class OpinionGiven(Event, name="cycle.opinion_given", title=N_("委員会の意見の記入")):
    """A member of the committee wrote an opinion, or changed it. Its subject is the opinion."""


@dataclass(frozen=True, kw_only=True)
class OpinionAnswered(Event, name="cycle.opinion_answered", title=N_("委員会の意見への回答")):
    """The secretariat wrote the city's answer to an opinion. Its subject is the opinion."""


@dataclass(frozen=True, kw_only=True)
class Decided(
    Event,
    name="cycle.decided",
    title=N_("見直しの決定"),
    words={"kind": Words(title=N_("決定"), values=DECISIONS)},
):
    """It was decided how a measure goes on. Its subject is the decision."""

    kind: str


@dataclass(frozen=True, kw_only=True)
class DecisionWithdrawn(
    Event,
    name="cycle.decision_withdrawn",
    title=N_("見直しの決定の取り下げ"),
    words={"kind": Words(title=N_("決定"), values=DECISIONS)},
):
    """A decision that was not carried out yet was taken back. Its subject is what was the decision."""

    kind: str


@dataclass(frozen=True, kw_only=True)
class DecisionsCarriedOut(
    Event,
    name="cycle.decisions_carried_out",
    title=N_("見直しの反映"),
    words={
        "fiscal_year": Words(title=N_("反映した年度")),
        "decisions": Words(title=N_("決定の数")),
        "measures": Words(title=N_("新しい取組の数")),
    },
):
    """Decisions became the next year's measures. `fiscal_year` is the year from which they hold."""

    fiscal_year: int
    decisions: int
    measures: int


@dataclass(frozen=True, kw_only=True)
class CandidateDecided(
    Event,
    name="cycle.candidate_decided",
    title=N_("次年度の候補の扱い"),
    words={
        "state": Words(
            title=N_("扱い"),
            values={
                "open": N_("検討中"),
                "taken": N_("取り上げる"),
                "not_taken": N_("取り上げない"),
            },
        )
    },
):
    """A candidate for the next action plan was drawn from a driver, taken or not taken."""

    state: str


@dataclass(frozen=True, kw_only=True)
class YearFrozen(
    Event,
    name="cycle.year_frozen",
    title=N_("年度の確定"),
    words={
        "plan": _PLAN,
        "fiscal_year": _YEAR,
        "version": Words(title=N_("版")),
        "sha256": Words(title=N_("内容のハッシュ値")),
    },
):
    """A year's content was sealed: version 1 when it is published, a later one for each erratum.

    `sha256` is that of the canonical JSON text (rules/seal.py); whoever holds the published JSON can
    compute it again.
    """

    plan: str
    fiscal_year: int
    version: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class WorkbookWritten(
    Event,
    name="cycle.workbook_written",
    title=N_("調書のExcelの書き出し"),
    words={"sheets": Words(title=N_("調書の数"))},
):
    """A division's sheets left as a workbook. Its subject is the cycle."""

    sheets: int


@dataclass(frozen=True, kw_only=True)
class ReminderAsked(
    Event,
    name="cycle.reminder_asked",
    title=N_("お知らせメールの依頼"),
    words={"step": Words(title=N_("段階"), values=STEPS)},
):
    """A division is to be reminded by mail of what is due. Its subject is the reminder; `actor` is "" where
    the calendar asked."""

    step: str


@dataclass(frozen=True, kw_only=True)
class ReminderSent(
    Event,
    name="cycle.reminder_sent",
    title=N_("お知らせメールの送信"),
    words={
        "step": Words(title=N_("段階"), values=STEPS),
        "receivers": Words(title=N_("送った人数")),
    },
):
    """Clerks of a division were reminded by mail of what is due. Its subject is the reminder."""

    step: str
    receivers: int


@dataclass(frozen=True, kw_only=True)
class HintLaidAside(
    Event,
    name="cycle.hint_laid_aside",
    title=N_("気になるところの扱いの変更"),
    words={
        "kind": Words(title=N_("気になるところ"), values=HINTS),
        "shown": Words(title=N_("もう一度表示する")),
    },
):
    """The secretariat set a hint aside, or wants to see it again (`shown`). Its subject is the setting aside."""

    kind: str
    shown: bool
