"""Template tags: fiscal years, whole and in the words of a narrow column."""

from datetime import date

from django import template
from django.utils.translation import get_language

from tsunagari.engines.plan.views.as_of import address_of, day_words
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.eras import format_fiscal_year

register = template.Library()


@register.simple_tag(takes_context=True)
def plan_page(context: template.Context, page: str, *args: object) -> str:
    """{% plan_page "measure" head.code measure.number %}: the address of a page of the plan, of the same
    past day as the page on which it stands."""
    seen = context.get("seen")
    return address_of(page, *args, on=seen.on if seen else None)


@register.filter
def day_of_page(day: date) -> str:
    """{{ day|day_of_page }}: 2025年6月30日（月）, as pages of past days name days."""
    return day_words(day)


@register.filter
def fiscal_year(year: int | str) -> str:
    """{{ 2026|fiscal_year }}: 令和8年度, or FY2026 in English."""
    return format_fiscal_year(FiscalYear(int(year)), language=get_language() or "ja")


@register.filter
def short_year(year: int) -> str:
    """{{ 2026|short_year }}: R8, or FY2026 in English."""
    return format_fiscal_year(FiscalYear(year), language=get_language() or "ja", short=True)
