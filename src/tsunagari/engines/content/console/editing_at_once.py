"""Two who write the same page at once: nobody's text is overwritten unseen.

Wagtail refuses an automatic saving over a newer version; a saving by the button it takes. Here that is stopped, and
both texts are shown.
"""

from collections.abc import Iterator
from difflib import unified_diff
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from wagtail import hooks

from tsunagari.engines.content.forms.posted_page import NoSuchForm, posted_body
from tsunagari.engines.content.models import CityPage
from tsunagari.engines.content.models.pieces_of import pieces_of
from tsunagari.engines.content.rules.passages import passages_of

KNOWING = "content-knowing"
"""Posted with the id of the newer version by somebody who has seen both texts."""
NOT_AGAIN = (
    "csrfmiddlewaretoken",
    "loaded_revision_id",
    "loaded_revision_created_at",
    "overwrite_revision_id",
    KNOWING,
)


@hooks.register("before_edit_page", order=-1)
def show_both(request: HttpRequest, page: Any) -> HttpResponse | None:
    """The page with both texts, 409, where somebody saved since this form was opened."""
    if request.method != "POST" or not isinstance(page, CityPage):
        return None
    newest = page.latest_revision
    if newest is None or not request.accepts("text/html") or not _is_late(request, page):
        return None
    if request.POST.get(KNOWING) == str(newest.pk):
        return None
    hers = type(page)(locale=page.locale)
    try:
        posted_body(request, hers)
    except NoSuchForm:
        return None  # Wagtail's own form says what is wrong with it
    context = {
        "page_title": gettext("先に、ほかの人が保存しました"),
        "page": page,
        "newest": newest,
        "who": newest.user.get_full_name() if newest.user else "",
        "lines": list(_compared(page, hers)),
        "posted": _again(request),
        "knowing": KNOWING,
    }
    return render(request, "content/console/both_texts.html", context, status=409)


def _is_late(request: HttpRequest, page: Any) -> bool:
    """Whether somebody else saved after this form was opened. Her own automatic savings do not count."""
    opened = parse_datetime(request.POST.get("loaded_revision_created_at", ""))
    if opened is None:
        return False
    since = page.revisions.filter(created_at__gt=opened)
    found: bool = since.exclude(user_id=request.user.pk).exists()
    return found


def _again(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """What was posted, to be posted again as it was."""
    for name, values in request.POST.lists():
        if name not in NOT_AGAIN:
            for value in values:
                yield name, str(value)


def _compared(theirs: Any, hers: Any) -> Iterator[dict[str, str]]:
    """Lines of both texts: kept "", only in the saved one "theirs", only in the posted one "hers"."""
    marks = {"-": "theirs", "+": "hers", " ": ""}
    lines = unified_diff(_lines(theirs), _lines(hers), n=1, lineterm="")
    for line in list(lines)[2:]:
        if line.startswith("@@"):
            yield {"whose": "gap", "text": ""}
        else:
            yield {"whose": marks[line[0]], "text": line[1:]}


def _lines(page: Any) -> list[str]:
    passages = (passage for piece in pieces_of(page) for passage in passages_of(piece))
    return [line for passage in passages for line in passage.text.split("\n") if line.strip()]
