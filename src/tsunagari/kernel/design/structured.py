"""What a page tells machines about itself in the words of schema.org, so that it can stand in a page safely."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}  # fmt: skip


def json_ld(said: Mapping[str, Any]) -> SafeString:
    """A script element of data (JSON-LD), which no policy has to allow; no letter of what is said ends it."""
    told = json.dumps({"@context": "https://schema.org", **said}, ensure_ascii=False)
    return mark_safe(  # noqa: S308 - escaped here
        f'<script type="application/ld+json">{told.translate(_ESCAPES)}</script>'
    )
