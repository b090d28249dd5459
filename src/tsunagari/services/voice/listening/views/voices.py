"""Published letters: the list, one of them, the feed."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext

from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import FiscalYear, day_start
from tsunagari.kernel.i18n.eras import format_fiscal_year
from tsunagari.kernel.i18n.said import said
from tsunagari.services.voice.listening.queries.published import (
    published_voice,
    published_voices,
    told,
    years_published,
)
from tsunagari.services.voice.listening.rules.choices import CATEGORIES
from tsunagari.services.voice.listening.views.for_search_engines import embedded

PER_PAGE = 20
IN_FEED = 30


def voices(request: HttpRequest, *, clock: Clock = system_clock) -> HttpResponse:
    """The list, narrowed by category, fiscal year and words."""
    language = get_language() or "ja"
    category = request.GET.get("category", "")
    category = category if category in CATEGORIES else ""
    years = years_published()
    given = request.GET.get("year", "")
    year = int(given) if given.isdecimal() and given.isascii() and int(given[:5]) in years else None
    words = request.GET.get("q", "").replace("\0", "")[:100]
    found = published_voices(category=category, year=year, words=words)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": told(list(page.object_list), clock=clock, language=language),
        "categories": [
            ("all", gettext("すべて")),
            *((code, said(title)) for code, title in CATEGORIES.items()),
        ],
        "years": [
            ("all", gettext("すべて")),
            *(
                (str(each), format_fiscal_year(FiscalYear(each), language=language))
                for each in years
            ),
        ],
        "asked": {"category": category or "all", "year": str(year or "all"), "q": words},
        "narrowed": bool(category or year or words),
    }
    return render(request, "listening/voices.html", context)


def voice(request: HttpRequest, public_id: str, *, clock: Clock = system_clock) -> HttpResponse:
    """One published letter with its answer."""
    found = published_voice(public_id, clock=clock, language=get_language() or "ja")
    if found is None:
        raise Http404
    context = {
        "voice": found,
        "category": said(CATEGORIES.get(found.category, "")) if found.category else "",
        "for_search_engines": embedded(
            {
                "@type": "QAPage",
                "inLanguage": "ja",
                "mainEntity": {
                    "@type": "Question",
                    "name": found.title,
                    "text": found.question,
                    "answerCount": 1,
                    "acceptedAnswer": {
                        "@type": "Answer",
                        "text": found.answer,
                        "dateCreated": found.answered_on.isoformat(),
                    },
                },
            }
        ),
    }
    return render(request, "listening/voice.html", context)


def feed(request: HttpRequest) -> HttpResponse:
    """The newest published letters as an Atom feed."""
    made = Atom1Feed(
        title=gettext("市民の声と市の回答"),
        link=request.build_absolute_uri(reverse("listening:voices")),
        description=gettext("市に届いた声と、市の回答です。"),
        language=get_language() or "ja",
        feed_url=request.build_absolute_uri(),
    )
    for each in published_voices()[:IN_FEED]:
        address = reverse("listening:voice", args=[each.public_id])
        made.add_item(
            title=each.title,
            link=request.build_absolute_uri(address),
            description=each.question[:300],
            pubdate=day_start(each.answered_on),
            updateddate=each.published_at,
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)
