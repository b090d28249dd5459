"""What a page tells search engines about itself, in the words of schema.org."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString, mark_safe

_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def embedded(said: Mapping[str, Any]) -> SafeString:
    """JSON-LD that can stand in a script element: no letter of it ends the element."""
    told = {"@context": "https://schema.org", **said}
    return mark_safe(json.dumps(told, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308 - escaped above
