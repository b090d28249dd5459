"""The catalogue of open data: what the city gives away, for harvesters and search engines."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.plan import api
from tsunagari.engines.plan.api import PlanBoard, PlanWords
from tsunagari.engines.plan.rules.catalog import (
    Catalog,
    DataFile,
    Dataset,
    Format,
    Publisher,
    Service,
    graph,
    schema_org,
)
from tsunagari.engines.plan.rules.catalog_graph import json_ld, turtle
from tsunagari.engines.plan.rules.open_data_csvw import LANGUAGES
from tsunagari.engines.plan.rules.told_datasets import datasets_told
from tsunagari.kernel.design.city_look import city_look
from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import FiscalYear, hour_start, japan

FILES: Final[Mapping[Format, str]] = {
    "CSV": "plan:open_csv",
    "XLSX": "plan:open_xlsx",
    "JSON": "plan:open_json",
}
"""The files of a plan's figures, by format: the names of their addresses."""

TONGUES: Final = {"ja": _("日本語"), "en": _("英語")}
"""The languages of the files, in words."""

KEYWORDS: Final = (_("行政計画"), _("成果指標"), _("目標値"), _("実績"), _("行政評価"))
"""What people look for such data under."""


def catalog_jsonld(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """The catalogue as JSON-LD."""
    said = json_ld(graph(whole_catalog(request, clock())))
    data = json.dumps(said, ensure_ascii=False, indent=1).encode() + b"\n"
    return opened(HttpResponse(data, content_type="application/ld+json"))


def catalog_ttl(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """The catalogue as Turtle."""
    said = turtle(graph(whole_catalog(request, clock())))
    return opened(HttpResponse(said, content_type="text/turtle; charset=utf-8"))


def opened(response: HttpResponse) -> HttpResponse:
    """Open data may be read by the pages of any site; it is no page, so no view is counted."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "Link"
    response.uncounted = True  # type: ignore[attr-defined]  # read by the middleware that marks views
    return response


def whole_catalog(request: HttpRequest, now: datetime) -> Catalog:
    """Every plan with its files, and what other rooms give away of it, in every language. Sizes of files are left out: to know them, each would
    have to be made for whoever reads the catalogue."""
    boards = {each.head.code: each for each in api.boards(now=now, language=LANGUAGES[0])}
    plans = api.plan_words(LANGUAGES, now=now)
    live = catalog_of(request, [(words, boards[words.code]) for words in plans], LANGUAGES)
    told = datasets_told(request.build_absolute_uri)
    return replace(live, datasets=(*live.datasets, *told))


def catalog_of(
    request: HttpRequest,
    plans: Sequence[tuple[PlanWords, PlanBoard]],
    languages: Sequence[str],
) -> Catalog:
    """The catalogue of these plans in these languages."""
    site = city_look().site
    page = absolute(request, "plan:index")
    datasets = tuple(_dataset(request, words, board, languages) for words, board in plans)
    return Catalog(
        address=f"{page}#catalog",
        page=page,
        title=by_language(
            languages, lambda of: gettext("%(site)sのオープンデータ") % {"site": site[of]}
        ),
        description=by_language(
            languages,
            lambda _of: gettext(
                "市の計画の取組ごとに、指標の基準・実績・目標を年度別にまとめたデータです。"
            ),
        ),
        publisher=publisher(request, languages),
        licence=api.open_data_terms().licence,
        series=tuple(
            _series(request, words, each, languages)
            for (words, _board), each in zip(plans, datasets, strict=True)
        ),
        datasets=datasets,
        service=_service(request, languages, tuple(each.address for each in datasets)),
    )


def publisher(request: HttpRequest, languages: Sequence[str]) -> Publisher:
    """The city as its pack describes it."""
    return api.publisher_at(request.build_absolute_uri("/"), languages)


def _dataset(
    request: HttpRequest,
    words: PlanWords,
    board: PlanBoard,
    languages: Sequence[str],
) -> Dataset:
    page = absolute(request, "plan:open_data", words.code)
    return Dataset(
        address=f"{page}#figures",
        page=page,
        title=by_language(languages, lambda of: dataset_title(words.name[of])),
        description=by_language(languages, lambda of: dataset_description(words.name[of])),
        keywords=_keywords(words, languages),
        first_day=FiscalYear(min(_years(words, board))).first_day,
        last_day=FiscalYear(words.last_year).last_day,
        frequency="IRREG" if words.ended else "CONT",
        modified=modified_of(words, board),
        files=tuple(_files(request, words, languages)),
        series=_series_address(request, words),
        measured=list(dict.fromkeys(words.indicators[languages[0]])),
    )


def _years(words: PlanWords, board: PlanBoard) -> list[int]:
    """The years of which a plan's figures speak: baselines lie before its own."""
    states = (state for measure in board.measures for state in measure.indicators)
    return [words.first_year, *(result.year for state in states for result in state.results)]


def dataset_title(plan: str) -> str:
    """What the figures of a plan are called, in the active language."""
    return gettext("%(plan)sの目標と実績") % {"plan": plan}


def dataset_description(plan: str) -> str:
    """What they are, in the active language."""
    return gettext(
        "「%(plan)s」の取組の指標について、基準・実績・目標値を年度別にまとめたデータです。1行に1つの数値を、単位・出どころ・状態・定義とともに収めています。"
    ) % {"plan": plan}


def modified_of(words: PlanWords, board: PlanBoard) -> datetime:
    """When the figures last changed: the last write, or the hour of the last count that is in them. What
    is counted all the time would else seem new to a harvester each time it asks."""
    counted = [
        hour_start(result.as_of)
        for measure in board.measures
        for state in measure.indicators
        for result in state.results
        if result.as_of
    ]
    moments = [*counted, *([words.changed] if words.changed else [])]
    return japan(max(moments)) if moments else japan(FiscalYear(words.first_year).start)


def _keywords(words: PlanWords, languages: Sequence[str]) -> dict[str, list[str]]:
    return {of: [*_all_said(KEYWORDS, of), *dict.fromkeys(words.sections[of])] for of in languages}


def _all_said(words: Sequence[Promise], language: str) -> list[str]:
    with translation.override(language):
        return [str(word) for word in words]


def _series(
    request: HttpRequest, words: PlanWords, dataset: Dataset, languages: Sequence[str]
) -> Dataset:
    """A plan as a series: its live figures, and each year's when that is closed."""
    return Dataset(
        address=_series_address(request, words),
        page=absolute(request, "plan:plan", words.code),
        title={of: words.name[of] for of in languages},
        description={of: words.outline[of] or words.name[of] for of in languages},
        keywords=dataset.keywords,
        first_day=dataset.first_day,
        last_day=dataset.last_day,
        frequency=dataset.frequency,
        modified=dataset.modified,
    )


def _series_address(request: HttpRequest, words: PlanWords) -> str:
    return f"{absolute(request, 'plan:plan', words.code)}#series"


def _files(request: HttpRequest, words: PlanWords, languages: Sequence[str]) -> Iterator[DataFile]:
    """Each format in each language."""
    page = absolute(request, "plan:open_data", words.code)
    for kind, name in FILES.items():
        for language in languages:
            described = absolute(request, "plan:open_csvw", words.code, language=language)
            yield DataFile(
                address=f"{page}#{kind.lower()}-{language}",
                download=absolute(request, name, words.code, language=language),
                format=kind,
                language=language,
                title=_file_title(words, kind, language, languages),
                metadata=described if kind == "CSV" else "",
            )


def _file_title(
    words: PlanWords, kind: Format, language: str, languages: Sequence[str]
) -> dict[str, str]:
    return by_language(
        languages,
        lambda of: (
            gettext("%(title)s（%(format)s、%(language)s）")
            % {
                "title": dataset_title(words.name[of]),
                "format": kind,
                "language": str(TONGUES[language]),
            }
        ),
    )


def _service(request: HttpRequest, languages: Sequence[str], serves: tuple[str, ...]) -> Service:
    root = request.build_absolute_uri(reverse("api:api-root"))
    return Service(
        address=f"{root}#service",
        endpoint=root,
        described=request.build_absolute_uri(reverse("api:openapi-json")),
        title=by_language(languages, lambda _of: gettext("計画と数値の API")),
        description=by_language(
            languages,
            lambda _of: gettext(
                "計画、取組、指標、目標、実績、数えた記録を JSON で読み出せます。鍵は要りません。"
            ),
        ),
        serves=serves,
    )


def absolute(request: HttpRequest, name: str, *args: object, language: str = "ja") -> str:
    """A page or file in one language, with the host under which the reader knows this site."""
    with translation.override(language):
        return request.build_absolute_uri(reverse(name, args=args))


def by_language(languages: Sequence[str], make: Callable[[str], str]) -> dict[str, str]:
    """A text in each language, made while that language is the active one."""
    said = {}
    for language in languages:
        with translation.override(language):
            said[language] = make(language)
    return said


_UNSAFE: Final = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def for_search_engines(
    request: HttpRequest, board: PlanBoard, language: str, now: datetime
) -> SafeString:
    """A plan's figures in the words of schema.org, as the content of a data block of its page."""
    plans = [w for w in api.plan_words([language], now=now) if w.code == board.head.code]
    catalog = catalog_of(request, [(words, board) for words in plans], [language])
    said = schema_org(catalog.datasets[0], catalog, language)
    # A plan's name may hold anything; without these signs nothing can end the block.
    return mark_safe(json.dumps(said, ensure_ascii=False).translate(_UNSAFE))  # noqa: S308
