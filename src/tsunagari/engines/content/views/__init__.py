"""What residents see of the city's pages."""

from tsunagari.engines.content.views.accessibility import accessibility
from tsunagari.engines.content.views.asking import ask
from tsunagari.engines.content.views.calendar import event_calendar
from tsunagari.engines.content.views.emergency import emergency
from tsunagari.engines.content.views.feeds import changes_feed, events_calendar, news_feed
from tsunagari.engines.content.views.for_machines import (
    robots,
    security,
    sitemap_index,
    sitemap_part,
)
from tsunagari.engines.content.views.index import (
    division,
    divisions,
    life_event,
    life_events,
    site_map,
)
from tsunagari.engines.content.views.media import stored
from tsunagari.engines.content.views.page import former, page
from tsunagari.engines.content.views.useful import useful

__all__ = [
    "accessibility",
    "ask",
    "changes_feed",
    "division",
    "divisions",
    "emergency",
    "event_calendar",
    "events_calendar",
    "former",
    "life_event",
    "life_events",
    "news_feed",
    "page",
    "robots",
    "security",
    "site_map",
    "sitemap_index",
    "sitemap_part",
    "stored",
    "useful",
]
