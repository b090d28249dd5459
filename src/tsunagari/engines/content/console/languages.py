"""ほかの言語で書く: in which languages a page exists, and the draft of one in which it does not."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from tsunagari.engines.content.actions.write_in_language import NoPlaceYet, write_in_language
from tsunagari.engines.content.console.desk import edit_address, language_names
from tsunagari.engines.content.models import CityPage
from tsunagari.engines.content.queries.versions import newest_version
from tsunagari.kernel.identity.api import staff_only

HOMES = 2
"""How deep the homes stand; each language has its own from the beginning."""


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def languages(request: HttpRequest, key: int) -> HttpResponse:
    """The languages of a page; by POST, the draft in the language asked for."""
    found = Page.objects.filter(pk=key).first()
    page: Any = found.specific if found else None
    if not isinstance(page, CityPage):
        raise Http404
    if not page.permissions_for_user(request.user).may_edit_by_division():
        raise Http404
    asked, refused = request.POST.get("language", ""), ""
    if request.method == "POST" and asked in language_names():
        try:
            draft = write_in_language(key, asked, account=request.user)
        except NoPlaceYet as none:
            refused = gettext(str(none))
        else:
            return HttpResponseRedirect(edit_address(draft))
    there = {each.locale.language_code: each for each in page.get_translations(inclusive=True)}
    rows = [
        {"code": code, "name": name, "page": there.get(code), "this": there.get(code) == page}
        for code, name in language_names().items()
    ]
    context = {
        "title": newest_version(page).title,
        "back": edit_address(key),
        "rows": rows,
        "refused": refused,
    }
    return render(request, "content/console/languages.html", context)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def languages_button(page: Any, user: Any, *_rest: Any, **_more: Any) -> Iterator[Button]:
    """In the menu of a page that stands below a home, for whoever may edit it."""
    fits = isinstance(page.specific_deferred, CityPage) and page.depth > HOMES
    if fits and page.specific.permissions_for_user(user).may_edit_by_division():
        address = reverse("content_languages", args=[page.pk])
        yield Button(gettext("ほかの言語で書く"), address, icon_name="globe", priority=80)


@hooks.register("register_admin_urls")
def language_urls() -> list[URLPattern]:
    """Addresses below /console/."""
    return [path("page-languages/<int:key>/", languages, name="content_languages")]
