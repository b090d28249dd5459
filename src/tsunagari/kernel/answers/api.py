"""What endpoints share: their shapes, the reader's language, and refusals in words."""

from tsunagari.kernel.answers.open_answer import LANGUAGES, Lang, language_of, open_answer
from tsunagari.kernel.answers.refusals import refuse_in_words
from tsunagari.kernel.answers.shapes import (
    Figure,
    Minute,
    Readable,
    RefusedOut,
    Shape,
    Share,
    Words,
)

__all__ = [
    "LANGUAGES",
    "Figure",
    "Lang",
    "Minute",
    "Readable",
    "RefusedOut",
    "Shape",
    "Share",
    "Words",
    "language_of",
    "open_answer",
    "refuse_in_words",
]
