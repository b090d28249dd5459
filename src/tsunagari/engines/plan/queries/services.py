"""Which services carry a measure out, in the reader's words."""

from django.utils.translation import gettext

from tsunagari.engines.plan.queries.board import ServiceLink
from tsunagari.kernel.service import api as service


def services_of(quoted: str) -> tuple[ServiceLink, ...]:
    """The services that name a measure ("P/2"), in the order of their folders.

    Their address is where residents begin: the service's own word, "" while it has no pages.
    """
    return tuple(
        ServiceLink(
            id=each.id,
            title=gettext(each.title),
            purpose=gettext(each.purpose),
            face_to_face=gettext(each.face_to_face) if each.face_to_face else "",
            address=each.address,
        )
        for each in service.services()
        if quoted in each.measures
    )
