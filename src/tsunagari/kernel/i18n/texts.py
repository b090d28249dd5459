"""Marking texts for translation where Django may not be imported."""


def N_(message: str) -> str:  # noqa: N802 - the name gettext's tools know
    """Mark a Japanese text of a declaration; the face that shows it translates it."""
    return message
