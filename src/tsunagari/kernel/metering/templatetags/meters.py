"""{% load meters %}: how a meter is shown."""

from django import template

from tsunagari.kernel.i18n.said import said
from tsunagari.kernel.metering.declare import Meter

register = template.Library()


@register.filter
def unit(meter: Meter) -> str:
    """{{ meter|unit }}: its unit in the reader's language."""
    return said(meter.unit)
