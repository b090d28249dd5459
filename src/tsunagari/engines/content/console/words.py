"""市の用語: words that the city does not write, and what it writes instead."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail import hooks

from tsunagari.engines.content.actions.keep_word import WordRefused, keep_word, remove_word
from tsunagari.engines.content.actions.load_words import take_in_words
from tsunagari.engines.content.console.desk import hand_of, workbook
from tsunagari.engines.content.models import ReplaceWord
from tsunagari.engines.content.queries.findings import pages_with_words
from tsunagari.engines.content.queries.words import pages_that_say, searched_words
from tsunagari.engines.content.rules.words import (
    LANGUAGES,
    LONGEST,
    LONGEST_REASON,
    WordLine,
    word_fault,
)
from tsunagari.kernel.i18n.tabular import TableRefused, header_key
from tsunagari.kernel.i18n.workbook import read_file
from tsunagari.kernel.identity.api import staff_only

A_PAGE = 100


def _headers() -> list[str]:
    return [
        gettext("使わない言葉"),
        gettext("かわりに書く言葉"),
        gettext("理由"),
        gettext("ことば"),
    ]


class WordForm(forms.Form):
    """A line of the dictionary."""

    wrong = forms.CharField(label=_("使わない言葉"), max_length=LONGEST)
    right = forms.CharField(
        label=_("かわりに書く言葉"),
        max_length=LONGEST,
        required=False,
        help_text=_("場合によって変わるときは、空けておきます。"),
    )
    reason = forms.CharField(label=_("理由"), max_length=LONGEST_REASON, required=False)
    language = forms.ChoiceField(
        label=_("ことば"),
        choices=[("ja", _("日本語")), ("easy", _("やさしい日本語")), ("en", _("英語"))],
    )


@never_cache
@staff_only
@require_safe
def words(request: HttpRequest) -> HttpResponse:
    """Every word with the number of pages on which the last check found it; as a workbook with ?export."""
    asked = request.GET.get("q", "").strip()[:LONGEST]
    found = searched_words(asked)
    if "export" in request.GET:
        rows = [[row.wrong, row.right, row.reason, row.language] for row in found]
        return workbook(gettext("市の用語"), _headers(), rows)
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("p"))
    counts = pages_with_words()
    context = {
        "shown": shown,
        "rows": [{"row": row, "pages": counts.get(row.wrong[:100], 0)} for row in shown],
        "words": asked,
        "office": hand_of(request).office,
    }
    return render(request, "content/console/words.html", context)


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def word(request: HttpRequest, public_id: str = "") -> HttpResponse:
    """Write a word anew or change one; the office does."""
    hand = hand_of(request)
    if not hand.office:
        raise PermissionDenied
    row = ReplaceWord.objects.filter(public_id=public_id).first() if public_id else None
    if public_id and row is None:
        raise Http404
    initial = (
        {"wrong": row.wrong, "right": row.right, "reason": row.reason, "language": row.language}
        if row
        else {}
    )
    form = WordForm(request.POST or None, initial=initial)
    touched = None
    if request.method == "POST" and form.is_valid():
        if "count" in request.POST:
            touched = pages_that_say(form.cleaned_data["wrong"], form.cleaned_data["language"])
        elif _kept(form, public_id, request):
            return HttpResponseRedirect(reverse("content_words"))
    context = {"form": form, "row": row, "touched": touched}
    return render(request, "content/console/word.html", context)


def _kept(form: WordForm, public_id: str, request: HttpRequest) -> bool:
    try:
        keep_word(WordLine(**form.cleaned_data), standing=public_id, hand=hand_of(request))
    except WordRefused as refused:
        form.add_error(None, gettext(str(refused)))
        return False
    messages.success(request, gettext("書きました。今夜の点検から、すべてのページに使います。"))
    return True


@require_POST
@staff_only
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a word out."""
    hand = hand_of(request)
    if not hand.office:
        raise PermissionDenied
    if remove_word(public_id, hand=hand):
        messages.success(request, gettext("消しました。"))
    return HttpResponseRedirect(reverse("content_words"))


@never_cache
@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """Take in a workbook or CSV file: all of it, or nothing with the lines that are wrong."""
    hand = hand_of(request)
    if not hand.office:
        raise PermissionDenied
    faults: list[str] = []
    file = request.FILES.get("file")
    if request.method == "POST" and file is None:
        faults = [gettext("ファイルを選んでください。")]
    elif file is not None:
        lines, faults = _lines(file.read())
        if not faults:
            loaded = take_in_words(lines, hand=hand)
            messages.success(
                request,
                gettext("%(added)d語を加え、%(changed)d語を変えました。")
                % {"added": loaded.added, "changed": loaded.changed},
            )
            return HttpResponseRedirect(reverse("content_words"))
    return render(
        request, "content/console/words_load.html", {"faults": faults, "headers": _headers()}
    )


def _lines(data: bytes) -> tuple[list[WordLine], list[str]]:
    columns = _headers()
    try:
        table = read_file(data)
        table.require(*columns[:2])
    except TableRefused as refused:
        return [], [str(refused)]
    lines: list[WordLine] = []
    faults: list[str] = []
    known: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for row in table.rows:
        line = _line(row, columns)
        fault = word_fault(line, known.get(line.language, {}))
        if fault:
            sentence = gettext("%(line)d行目：%(fault)s")
            faults.append(sentence % {"line": row.line, "fault": gettext(fault)})
        else:
            known[line.language][line.wrong] = line.right
            lines.append(line)
    return lines, faults


def _line(row: Any, columns: list[str]) -> WordLine:
    wrong, right = (row.text(name) for name in columns[:2])
    reason, language = (row.cells.get(header_key(name), "") for name in columns[2:])
    return WordLine(wrong=wrong, right=right, reason=reason, language=language or "ja")


@hooks.register("register_admin_urls")
def word_urls() -> list[URLPattern]:
    """Addresses below /console/."""
    return [
        path("page-words/", words, name="content_words"),
        path("page-words/new/", word, name="content_word_new"),
        path("page-words/load/", load, name="content_words_load"),
        path("page-words/<str:public_id>/", word, name="content_word"),
        path("page-words/<str:public_id>/remove/", remove, name="content_word_remove"),
    ]
