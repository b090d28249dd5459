"""A page for each field or list of a plan and for each viewpoint: its outline, measures and services."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from tsunagari.engines.plan.api import MeasureState, PlanBoard
from tsunagari.engines.plan.views.as_of import Seen, address_of, as_of, day_asked
from tsunagari.engines.plan.views.dashboard import page_of
from tsunagari.engines.plan.views.lists import bar_of_counts, found, services_of
from tsunagari.engines.plan.views.missing import in_words
from tsunagari.engines.plan.views.rows import parts, without_results
from tsunagari.engines.plan.views.sentences import part_sentence


@in_words
@as_of
def field(request: HttpRequest, seen: Seen, code: str, section: str) -> HttpResponse:
    """One field (重点分野) or list of a plan."""
    language = get_language() or "ja"
    board = found(code, seen.now, language, on=seen.on)
    heads = {head.code: head for head in board.head.sections}
    if section not in heads:
        raise Http404(gettext("この計画に、その分野はありません。"))
    measures = tuple(m for m in board.measures if m.section == section)
    context = {
        **page_of(board.head, seen, language),
        **_matter(board, _this(heads[section].kind), measures, f"list={section}", language),
        "name": heads[section].name,
        "outline": heads[section].outline,
        "above": gettext("重点分野") if heads[section].kind == "field" else board.head.list_name,
        "beside": [
            (h.name, address_of("field", code, h.code, on=seen.on), h.code == section)
            for h in heads.values()
        ],
        "beside_title": gettext("ほかの分野と一覧"),
    }
    return render(request, "plan/field.html", context)


@in_words
@as_of
def viewpoint(request: HttpRequest, seen: Seen, code: str, viewpoint: str) -> HttpResponse:
    """One viewpoint (重視する視点) of a plan: what it delivers, over all fields."""
    language = get_language() or "ja"
    board = found(code, seen.now, language, on=seen.on)
    labels = {label.code: label for label in board.head.viewpoints}
    if viewpoint not in labels:
        raise Http404(gettext("この計画に、その視点はありません。"))
    measures = tuple(
        m for m in board.measures if viewpoint in {label.code for label in m.viewpoints}
    )
    context = {
        **page_of(board.head, seen, language),
        **_matter(board, gettext("この視点"), measures, f"viewpoint={viewpoint}", language),
        "name": labels[viewpoint].name,
        "outline": labels[viewpoint].outline,
        "above": gettext("重視する視点"),
        "beside": [
            (v.name, address_of("viewpoint", code, v.code, on=seen.on), v.code == viewpoint)
            for v in labels.values()
        ],
        "beside_title": gettext("ほかの視点"),
    }
    return render(request, "plan/field.html", context)


def _this(kind: str) -> str:
    """What a sentence calls the part of a plan whose page it stands on."""
    return gettext("この分野") if kind == "field" else gettext("この一覧")


def _matter(
    board: PlanBoard, called: str, measures: tuple[MeasureState, ...], query: str, language: str
) -> dict[str, object]:
    head = board.head
    asked = "&".join(filter(None, (day_asked(head.on), query)))
    return {
        "sentence": part_sentence(board, called, measures) if measures else "",
        "counts": bar_of_counts(board, measures, query),
        "parts": parts(board, measures, language),
        "services": services_of(measures),
        "without_results": without_results(board),
        "narrowed_address": f"{reverse('plan:plan', args=[head.code])}?{asked}#list",
    }
