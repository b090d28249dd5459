"""What the worker does for accounts: rights begin and end with the day, whoever signs in or not."""

from datetime import time

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.identity.actions.follow_posts import follow_posts
from tsunagari.kernel.jobs.api import daily


@daily(at=time(0, 0), title=N_("職の期間に権限を合わせる"))
def follow_posts_daily() -> int:
    """From midnight in Japan on, posts that ended give no rights and those that began do."""
    return follow_posts(japan_day(system_clock()))
