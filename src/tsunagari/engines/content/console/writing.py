"""On the console's start page: where to begin a new page, so that nobody has to find the way through the tree."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.ui.components import Component

from tsunagari.engines.content.console.desk import hand_of
from tsunagari.engines.content.queries.writing_places import writing_places
from tsunagari.kernel.identity.api import actor_of


class WritingPanel(Component):
    """新しいページを書く: a link for each place on the site's first level."""

    name = "writing"
    template_name = "content/console/writing.html"
    order = 60

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """The places; none for somebody who has no post in a division today."""
        request = (parent_context or {})["request"]
        writes = actor_of(request) is not None and bool(hand_of(request).division)
        return {"places": writing_places(request.user) if writes else ()}


@hooks.register("construct_homepage_panels", order=990)
def offer_writing(_request: HttpRequest, panels: list[Component]) -> None:
    """After what needs somebody now, which the city puts before it."""
    panels.insert(0, WritingPanel())
