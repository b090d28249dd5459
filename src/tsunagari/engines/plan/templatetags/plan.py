"""Template tags: fiscal years, whole and in the words of a narrow column."""

from django import template
from django.utils.translation import get_language

from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.eras import format_fiscal_year

register = template.Library()


@register.filter
def fiscal_year(year: int | str) -> str:
    """{{ 2026|fiscal_year }}: 令和8年度, or FY2026 in English."""
    return format_fiscal_year(FiscalYear(int(year)), language=get_language() or "ja")


@register.filter
def short_year(year: int) -> str:
    """{{ 2026|short_year }}: R8, or FY2026 in English."""
    return format_fiscal_year(FiscalYear(year), language=get_language() or "ja", short=True)
