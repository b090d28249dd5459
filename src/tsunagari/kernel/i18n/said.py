"""Texts of declarations as a face shows them."""

from django.utils.translation import gettext, pgettext

from tsunagari.kernel.i18n.texts import InContext


def said(text: str) -> str:
    """A text marked with N_ or P_ in the reader's language."""
    return pgettext(text.context, text) if isinstance(text, InContext) else gettext(text)
