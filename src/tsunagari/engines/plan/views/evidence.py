"""Evidence that residents may open: the file of a figure, saved and never shown inside our pages."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from tsunagari.engines.plan.queries.evidence import evidence_file
from tsunagari.kernel.files import api as files


@require_safe
def evidence(_request: HttpRequest, public_id: str) -> HttpResponseBase:
    """The file, where it is public; for everybody else there is nothing here."""
    found = evidence_file(public_id)
    if found is None or not found.public:
        raise Http404
    try:
        return files.hand_out(found.kept)
    except files.FileMissing as gone:
        raise Http404 from gone
