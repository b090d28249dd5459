"""Tables of the city's pages: what is written, what of it is published, and what is known of it."""

from tsunagari.engines.content.models.approval import Deputy, LaterCheck, OfficeStep
from tsunagari.engines.content.models.city_page import CityPage
from tsunagari.engines.content.models.emergency import Emergency
from tsunagari.engines.content.models.files import Attachment, Picture, PictureRendition
from tsunagari.engines.content.models.importing import ImportedPage, SiteImport
from tsunagari.engines.content.models.knowledge import CheckedLink, Finding, ReplaceWord
from tsunagari.engines.content.models.links import LinkUse
from tsunagari.engines.content.models.page_types import (
    ArticlePage,
    EventPage,
    ListPage,
    NewsPage,
    QuestionPage,
    SiteHome,
    TopicPage,
)
from tsunagari.engines.content.models.published import FormerAddress, Label, Published
from tsunagari.engines.content.models.reading import Usefulness
from tsunagari.engines.content.models.reviews import PageReview, RefusedSchedule
from tsunagari.engines.content.models.rounds import PlannedMend, Round
from tsunagari.engines.content.models.unanswered import UnansweredQuestion

PAGE_TYPES: tuple[type[CityPage], ...] = (
    ArticlePage,
    NewsPage,
    EventPage,
    QuestionPage,
    TopicPage,
    ListPage,
    SiteHome,
)
"""Every kind of page that stands in the tree."""

__all__ = [
    "PAGE_TYPES",
    "ArticlePage",
    "Attachment",
    "CheckedLink",
    "CityPage",
    "Deputy",
    "Emergency",
    "EventPage",
    "Finding",
    "FormerAddress",
    "ImportedPage",
    "Label",
    "LaterCheck",
    "LinkUse",
    "ListPage",
    "NewsPage",
    "OfficeStep",
    "PageReview",
    "Picture",
    "PictureRendition",
    "PlannedMend",
    "Published",
    "QuestionPage",
    "RefusedSchedule",
    "ReplaceWord",
    "Round",
    "SiteHome",
    "SiteImport",
    "TopicPage",
    "UnansweredQuestion",
    "Usefulness",
]
