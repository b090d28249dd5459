"""Sentences kept as data: the Japanese words and what varies in them; the face that shows one translates it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """`words` is a text marked with N_, in which `%(name)s` stands for what `values` gives by that name."""

    words: str
    values: tuple[tuple[str, str], ...] = ()

    def told(self, translate: Callable[[str], str]) -> str:
        """The sentence in the language into which `translate` puts (gettext, or `str` for Japanese)."""
        words = translate(self.words)
        return words % dict(self.values) if self.values else words


def say(words: str, **values: str | int) -> Sentence:
    """A sentence from marked words and what varies in them."""
    return Sentence(words=words, values=tuple((name, str(value)) for name, value in values.items()))
