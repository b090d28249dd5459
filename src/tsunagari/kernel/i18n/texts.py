"""Marking texts for translation where Django may not be imported."""


def N_(message: str) -> str:  # noqa: N802 - the name gettext's tools know
    """Mark a Japanese text of a declaration; the face that shows it translates it."""
    return message


class InContext(str):
    """A Japanese text whose other language depends on what it is said of; `context` tells in English."""

    __slots__ = ("context",)
    context: str


def P_(context: str, message: str) -> InContext:  # noqa: N802 - as N_, and gettext's tools are told of it
    """Mark a text of a declaration that has several meanings: 件 said of page views, of bookings, …
    `context` is one of them in English; the face shows the text with `said`."""
    text = InContext(message)
    text.context = context
    return text
