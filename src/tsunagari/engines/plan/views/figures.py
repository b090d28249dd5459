"""Figures and names as a machine reads them, for the files that are taken away."""

from decimal import Decimal

from django.utils.translation import gettext, pgettext

from tsunagari.engines.plan.api import MeasureState


def plain(value: Decimal | None) -> str:
    """Digits without commas, "" where nothing is known."""
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def division_names(measure: MeasureState) -> str:
    """The divisions of a measure in one cell."""
    names = [division.name for division in measure.divisions]
    if measure.and_others:
        names.append(gettext("関係各課"))
    return pgettext("between divisions", "・").join(names)
