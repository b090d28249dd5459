"""What every answer of the API is written with: figures, shares, moments, words, and a refusal."""

import json
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Schema
from ninja.renderers import JSONRenderer
from pydantic import BeforeValidator, ConfigDict, PlainSerializer


def _plain(figure: Decimal, places: int) -> str:
    """A figure without exponent and without zeros that say nothing; half away from zero."""
    written = f"{figure.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP):f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


Figure = Annotated[Decimal, PlainSerializer(lambda figure: _plain(figure, 4), return_type=str)]
"""A decimal number as a string, with four places at most."""

Share = Annotated[Decimal, PlainSerializer(lambda share: _plain(share, 6), return_type=str)]
"""A share of 1 as a string, with six places at most: 0.5 is half."""

Minute = Annotated[
    datetime, BeforeValidator(lambda moment: moment and moment.replace(second=0, microsecond=0))
]
"""A moment to the minute, so that an answer stays the same for a while."""

Words = Annotated[str | None, BeforeValidator(lambda told: told or None)]
"""A text; null where there is none."""


class Shape(Schema):
    """Describes each field by the sentence below it."""

    model_config = ConfigDict(use_attribute_docstrings=True, from_attributes=True)


class Readable(JSONRenderer):
    """JSON in UTF-8 that eyes can read: Japanese stands as it is written."""

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ARG002 - ninja's signature
        """The answer's bytes; half a letter, which UTF-8 does not hold, stays escaped."""
        written = json.dumps(data, cls=self.encoder_class, ensure_ascii=False)
        return written.encode("utf-8", "backslashreplace")


class RefusedOut(Shape):
    """Why nothing was done. Every refusal of the API has this shape, whatever its status."""

    detail: str
    """The reason, in a sentence that says what to do, in the reader's language."""
