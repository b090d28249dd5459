"""Consent to a preview: what was shown travels signed through the browser and is taken in exactly as it was shown."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, Final

from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext

VALID_FOR: Final = 60 * 60
"""Seconds that a shown preview may be confirmed."""


class NotConsented(ValueError):
    """A preview is too old, was shown to somebody else, or is none of ours; the text says what to do."""


def sealed(purpose: str, *about: str, shown: object) -> str:
    """`shown` as a text that only this installation can make, for the field `previewed` of load_consent.html.

    `purpose` tells one kind of preview from another; `about` is who saw it, and of what. `shown` is whatever
    JSON can hold; days and decimals become texts.
    """
    plain = json.loads(json.dumps(shown, cls=DjangoJSONEncoder))
    return signing.dumps([*about, plain], salt=purpose, compress=True)


def opened(previewed: str, purpose: str, *about: str) -> Any:
    """What was shown. Raises NotConsented."""
    try:
        *held, shown = signing.loads(previewed, salt=purpose, max_age=VALID_FOR)
    except (signing.BadSignature, ValueError) as bad:
        raise _too_late() from bad
    if held != [*about]:
        raise _too_late()
    return shown


def print_of(changes: Iterable[object]) -> str:
    """A short print of changes, by which the same outcome is known again."""
    return hashlib.sha256(repr(tuple(changes)).encode(errors="surrogatepass")).hexdigest()


def _too_late() -> NotConsented:
    return NotConsented(
        gettext("確認の画面を開いてから時間がたちました。もう一度ファイルを選んでください。")
    )
