"""言い換え and 市だけの言葉: words that mean the same to the search, and words that this city alone has."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail import hooks

from tsunagari.kernel.i18n.morphemes import city_words
from tsunagari.kernel.identity.api import acting, staff_only
from tsunagari.kernel.search import api
from tsunagari.kernel.search.console.desk import may_edit, refused, workbook
from tsunagari.kernel.search.declare import SynonymSet
from tsunagari.kernel.search.forms import LANGUAGES, SynonymsForm

A_PAGE = 50
LONGEST = 80
AUDIT = "ledger.view_entry"


@never_cache
@staff_only
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """Every group of synonyms, newest first, searched; as a workbook with `?export`."""
    words = request.GET.get("q", "").strip()[:LONGEST]
    found = api.synonym_sets(words=words)
    if "export" in request.GET:
        rows = ([" ".join(each.words), each.language] for each in found)
        return workbook(
            gettext("言い換え"), [gettext("同じ意味の言葉"), gettext("ページの言語")], rows
        )
    context = {
        "shown": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "languages": dict(LANGUAGES),
        "office": may_edit(request),
    }
    return render(request, "search/console/synonyms.html", context)


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def group(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """Write a group or change one; `?words=` begins one with a word that was sought."""
    if not may_edit(request):
        return refused(request)
    standing = _standing(public_id) if public_id else None
    form = SynonymsForm(request.POST or None, initial=_initial(request, standing))
    if standing:
        form.fields["language"].disabled = True
    if request.method == "POST" and form.is_valid() and _kept(request, form, standing):
        messages.success(request, gettext("保存しました。いまから検索に使われます。"))
        return HttpResponseRedirect(reverse("search_synonyms"))
    context = {
        "form": form,
        "standing": standing,
        "audit": reverse("ledger_entries") if request.user.has_perm(AUDIT) else "",
    }
    return render(request, "search/console/group.html", context)


def _standing(public_id: str) -> SynonymSet:
    found = (each for each in api.synonym_sets() if each.public_id == public_id)
    standing = next(found, None)
    if standing is None:
        raise Http404
    return standing


def _initial(request: HttpRequest, standing: SynonymSet | None) -> dict[str, str]:
    if standing:
        return {"words": "\n".join(standing.words), "language": standing.language}
    words = request.GET.get("words", "").strip()[:LONGEST]
    language = request.GET.get("language", "ja")
    return {"words": f"{words}\n" if words else "", "language": language}


def _kept(request: HttpRequest, form: SynonymsForm, standing: SynonymSet | None) -> bool:
    actor = acting(request)
    words = form.cleaned_data["words"]
    try:
        if standing:
            api.edit_synonyms(
                public_id=standing.public_id,
                words=words,
                actor=actor.public_id,
                division=actor.division,
            )
        else:
            api.add_synonyms(
                words=words,
                language=form.cleaned_data["language"],
                actor=actor.public_id,
                division=actor.division,
            )
    except api.SynonymsRefused as why:
        form.refuse(str(why))
        return False
    except api.SynonymsGone as gone:
        raise Http404 from gone
    return True


@require_POST
@staff_only
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a group away."""
    if not may_edit(request):
        return refused(request)
    actor = acting(request)
    try:
        was = api.remove_synonyms(
            public_id=public_id, actor=actor.public_id, division=actor.division
        )
    except api.SynonymsGone:
        messages.warning(request, gettext("この組は、ほかの人がすでに消しています。"))
    else:
        words = gettext("・").join(was.words)
        messages.success(request, gettext("「%(words)s」を消しました。") % {"words": words})
    return HttpResponseRedirect(reverse("search_synonyms"))


@never_cache
@staff_only
@require_safe
def own_words(request: HttpRequest) -> HttpResponse:
    """The words that the city's pack teaches the dictionary; they are changed in the pack."""
    context = {"rows": city_words(Path(settings.CITY_PACK))}
    return render(request, "search/console/own_words.html", context)


@hooks.register("register_admin_urls")
def synonym_urls() -> list[URLPattern]:
    """Addresses below /console/."""
    return [
        path("search-synonyms/", groups, name="search_synonyms"),
        path("search-synonyms/new/", group, name="search_synonyms_new"),
        path("search-synonyms/<str:public_id>/", group, name="search_synonyms_edit"),
        path("search-synonyms/<str:public_id>/remove/", remove, name="search_synonyms_remove"),
        path("search-own-words/", own_words, name="search_own_words"),
    ]
