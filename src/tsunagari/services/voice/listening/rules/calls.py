"""The life of a call for comments, told by the clock: announced, open, being sorted, results published."""

from datetime import date, datetime, timedelta
from typing import Final, Literal

from tsunagari.kernel.i18n.days import day_start, japan_day
from tsunagari.kernel.i18n.texts import N_

Phase = Literal["draft", "asked", "scheduled", "announced", "open", "sorting", "published"]

PHASES: Final[dict[str, str]] = {
    "draft": N_("作成中"),
    "asked": N_("承認待ち"),
    "scheduled": N_("公開待ち"),
    "announced": N_("予告"),
    "open": N_("募集中"),
    "sorting": N_("整理中"),
    "published": N_("結果公表"),
}

LOOKS: Final[dict[str, str]] = {
    "draft": "neutral",
    "asked": "waiting",
    "scheduled": "waiting",
    "announced": "waiting",
    "open": "on-track",
    "sorting": "waiting",
    "published": "achieved",
}

SEEN: Final = ("announced", "open", "sorting", "published")
"""What residents see, in the order of a call's life."""

USUAL_DAYS: Final = 30
"""Days for which opinions are asked at least (行政手続法 第39条第3項: 30日以上; cities follow it by custom)."""

KEPT_DAYS: Final = 180
"""Days after the results until who sent an opinion is erased, where the call says nothing else."""


def opening(day: date) -> datetime:
    """The first moment of the first day."""
    return day_start(day)


def closing(day: date) -> datetime:
    """The first moment after the last day: one second after 23:59:59 in Japan."""
    return day_start(day + timedelta(days=1))


def days_open(opens: date, closes: date) -> int:
    """For how many days opinions are taken, the first and the last counted."""
    return (closes - opens).days + 1


def phase_of(
    *,
    decision: str,
    publish_at: datetime | None,
    opens: date,
    closes: date,
    results_at: datetime | None,
    now: datetime,
) -> Phase:
    """The phase at `now`. `decision` is draft, asked or approved."""
    if decision != "approved":
        return "asked" if decision == "asked" else "draft"
    if results_at is not None and results_at <= now:
        return "published"
    if publish_at is not None and now < publish_at:
        return "scheduled"
    if now < opening(opens):
        return "announced"
    return "open" if now < closing(closes) else "sorting"


def days_left(closes: date, now: datetime) -> int:
    """Days until the last day; 0 on the last day itself."""
    return (closes - japan_day(now)).days


def steps(phase: str) -> list[tuple[str, str, str]]:
    """The four steps that residents see, each with its words and done, now or coming."""
    at = SEEN.index(phase) if phase in SEEN else -1
    return [
        (each, PHASES[each], "done" if index < at else "now" if index == at else "coming")
        for index, each in enumerate(SEEN)
    ]
