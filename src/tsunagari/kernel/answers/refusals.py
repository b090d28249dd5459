"""What the API says when it refuses: what is wrong and what would be right, in one shape."""

import math
import re
from collections.abc import Mapping
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import Throttled, ValidationError

FULL_PERIOD: Final = 60
"""Seconds to wait where the limit does not say how many are left."""

_QUOTED: Final = re.compile(r"'([^']*)'")


def refuse_in_words(api: NinjaAPI) -> None:
    """Give an API our own words for what its library refuses by itself."""

    @api.exception_handler(ValidationError)
    def misfit(request: HttpRequest, fault: ValidationError) -> HttpResponse:
        between = " " if get_language() == "en" else ""
        said = between.join(dict.fromkeys(what_is_wrong(each) for each in fault.errors))
        return api.create_response(request, {"detail": said}, status=422)

    @api.exception_handler(Throttled)
    def too_often(request: HttpRequest, refused: Throttled) -> HttpResponse:
        seconds = math.ceil(refused.wait or FULL_PERIOD)
        answer = api.create_response(request, {"detail": wait(seconds)}, status=429)
        answer["Retry-After"] = str(seconds)
        return answer

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, _missing: Http404) -> HttpResponse:
        return api.create_response(request, {"detail": no_such_address()}, status=404)


def what_is_wrong(fault: Mapping[str, Any]) -> str:
    """A sentence on one fault of an address, as pydantic tells it (`type`, `loc`, `ctx`)."""
    name, kind = str(fault["loc"][-1]), str(fault["type"])
    if kind == "missing":
        return _("%(name)s がありません。アドレスに ?%(name)s=… と書いてください。") % {
            "name": name
        }
    if kind in ("literal_error", "enum"):
        words = _QUOTED.findall(str(fault.get("ctx", {}).get("expected", "")))
        return _("%(name)s に書けるのは %(words)s のどれかです。") % {
            "name": name,
            "words": ", ".join(words),
        }
    if kind.startswith(("datetime_", "timezone_")):
        return _(
            "%(name)s には時刻を 2026-04-01T00:00:00%%2B09:00 のように書いてください（アドレスの中では + を %%2B と書きます）。"
        ) % {"name": name}
    return _("%(name)s の書き方が合いません。/api/openapi.json にある形で書いてください。") % {
        "name": name
    }


def wait(seconds: int) -> str:
    """To somebody who asks too often."""
    return _(
        "短い間に送りすぎたため、受け取りませんでした。%(seconds)d秒待ってから、もう一度送ってください。"
    ) % {"seconds": seconds}


def no_such_address() -> str:
    """To somebody who asks for an address that the API does not have."""
    return _(
        "このアドレスは API にありません。/api/openapi.json にあるアドレスか確かめてください。"
    )


def no_such_method(method: str, allowed: str) -> str:
    """To somebody who asks an address in a way that it does not know; `allowed`: "GET, POST"."""
    return _("このアドレスで %(method)s は使えません。使えるのは %(allowed)s です。") % {
        "method": method,
        "allowed": allowed,
    }


def our_fault() -> str:
    """To somebody whose question met a fault of ours."""
    return _("こちらの不具合で答えられませんでした。時間をおいて、もう一度送ってください。")
