"""Files of a closed year to take home: made once, the same bytes for ever, so that they may be kept for long."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseNotModified
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from tsunagari.engines.cycle.actions.keep_file import keep_file
from tsunagari.engines.cycle.queries.files import CSVW_TYPE, KINDS
from tsunagari.engines.cycle.queries.published import versions_of
from tsunagari.engines.cycle.views.missing import in_words
from tsunagari.kernel.i18n.clock import Clock, system_clock

A_YEAR = 31_536_000
"""Seconds."""


@require_safe
@in_words
def download(
    request: HttpRequest,
    plan: str,
    year: int,
    version: int,
    kind: str,
    *,
    clock: Clock = system_clock,
) -> HttpResponse:
    """A file of one version in the reader's language."""
    found = next((each for each in versions_of(plan, year) if each.version == version), None)
    if found is None or kind not in KINDS:
        raise Http404(gettext("このファイルはありません。年次報告のページから選び直してください。"))
    language = get_language() or "ja"
    kept = keep_file(version=found.public_id, kind=kind, language=language, clock=clock)
    etag = f'"{kept.sha256}"'
    if etag in request.headers.get("If-None-Match", ""):
        return _lasting(HttpResponseNotModified(), etag)
    answer = _lasting(HttpResponse(kept.content, content_type=KINDS[kind].type), etag)
    name = f"{plan}-{year}-v{version}-{kind}"
    shown = "inline" if kind == "report.pdf" else "attachment"
    answer.headers["Content-Disposition"] = f'{shown}; filename="{name}"'
    answer.headers["Content-Language"] = language
    described = f"{kind}-metadata.json"
    if described in KINDS:
        address = reverse("cycle:download", args=[plan, year, version, described])
        answer.headers["Link"] = f'<{address}>; rel="describedby"; type="{CSVW_TYPE}"'
    return answer


def _lasting(answer: HttpResponse, etag: str) -> HttpResponse:
    """Open data may be read by pages of any site; it is no page, so that no view is counted."""
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Access-Control-Expose-Headers"] = "ETag, Link"
    answer.uncounted = True  # type: ignore[attr-defined]  # read by the middleware that marks views
    return answer
