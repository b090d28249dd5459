"""What a small form beside others on a screen was refused for: told when the screen is shown again, at the field,
with what was typed."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

_KEY = "cycle_refusal"
_LONGEST = 10_000


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """`field` is the id of the field on the screen, `words` say why, `typed` what stood in it."""

    field: str
    words: str
    typed: str = ""

    @property
    def errors(self) -> list[tuple[str, str]]:
        """As <c-error-summary> takes them."""
        return [(f"#{self.field}", self.words)]


def refuse(
    request: HttpRequest, address: str, *, field: str, words: str, typed: str = ""
) -> HttpResponse:
    """Back to the screen at `address`, which takes what was refused from `refusal`."""
    kept = {"at": address, "field": field, "words": words, "typed": typed[:_LONGEST]}
    request.session[_KEY] = kept
    return HttpResponseRedirect(address)


def refusal(request: HttpRequest) -> Refusal | None:
    """What was refused on this screen just now; None where nothing was. It is told once."""
    kept = request.session.get(_KEY)
    if not kept or kept["at"] != request.path:
        return None
    del request.session[_KEY]
    return Refusal(field=kept["field"], words=kept["words"], typed=kept["typed"])
