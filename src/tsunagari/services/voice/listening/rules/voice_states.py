"""The life of a letter: received, assigned, drafted, asked, approved, answered; or closed, or merged."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final, Literal

from tsunagari.kernel.i18n.days import business_days_after, japan_day
from tsunagari.kernel.i18n.texts import N_

State = Literal["received", "assigned", "asked", "approved", "answered", "closed", "merged"]

STATES: Final[dict[str, str]] = {
    "received": N_("割り振り前"),
    "assigned": N_("回答の準備中"),
    "asked": N_("承認待ち"),
    "approved": N_("承認済み・送付前"),
    "answered": N_("回答済み"),
    "closed": N_("完了（回答なし）"),
    "merged": N_("ほかの声とまとめた"),
}

LOOKS: Final[dict[str, str]] = {
    "received": "waiting",
    "assigned": "on-track",
    "asked": "waiting",
    "approved": "on-track",
    "answered": "achieved",
    "closed": "neutral",
    "merged": "neutral",
}
"""The looks of <c-status>."""

TOLD: Final[dict[str, str]] = {
    "received": N_("受け付けました。担当の課を決めています。"),
    "assigned": N_("担当の課に届きました。内容を確かめています。"),
    "asked": N_("担当の課に届きました。内容を確かめています。"),
    "approved": N_("担当の課に届きました。内容を確かめています。"),
    "answered": N_("回答しました。"),
    "closed": N_("担当の課で読みました。ありがとうございました。"),
    "merged": N_("同じ内容の声とあわせて確かめています。"),
}
"""What the sender is told."""

OPEN: Final = ("received", "assigned", "asked", "approved")
DONE: Final = ("answered", "closed", "merged")

USUAL_DAYS: Final = 14
"""Business days within which a letter is answered."""

MOST_DAYS: Final = 60

KEPT_DAYS: Final = 365
"""Days after a letter's end until who wrote it, and what, is erased; what was published stays."""

SOON: Final = timedelta(days=3)
"""A letter due within so many days is called urgent."""


@dataclass(frozen=True, kw_only=True)
class Due:
    """How a due day stands: past it, near it."""

    day: date
    late: bool
    soon: bool


def due_after(moment: datetime, days: int) -> date:
    """The day by which a letter assigned at `moment` is due."""
    return business_days_after(japan_day(moment), days)


def due_now(day: date | None, state: str, now: datetime) -> Due | None:
    """How an open letter's due day stands; None for one without."""
    if day is None or state not in OPEN:
        return None
    today = japan_day(now)
    return Due(day=day, late=today > day, soon=today <= day <= today + SOON)


def erased_before(now: datetime) -> datetime:
    """Letters that ended before this moment are erased."""
    return now - timedelta(days=KEPT_DAYS)
