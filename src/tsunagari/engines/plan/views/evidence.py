"""Evidence that residents may open: the file of a figure, saved and never shown inside our pages."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from tsunagari.engines.plan.queries.evidence import evidence_file
from tsunagari.engines.plan.views.missing import in_words
from tsunagari.kernel.files import api as files


@require_safe
@in_words
def evidence(_request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The file, where it is public; for everybody else there is nothing here."""
    found = evidence_file(public_id)
    if found is None or not found.public:
        raise _missing()
    try:
        return files.hand_out(found.kept)
    except files.FileMissing as gone:
        raise _missing() from gone


def _missing() -> Http404:
    return Http404(gettext("この資料は公開されていないか、取り下げられました。"))
