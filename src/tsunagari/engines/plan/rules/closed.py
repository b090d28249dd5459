"""Says that a closed year is not changed: it was published, and an erratum corrects what was published."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tsunagari.engines.plan.rules.entry import EntryRefused
from tsunagari.engines.plan.rules.typed_figure import FigureRefused
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.eras import format_fiscal_year


class YearClosed(FigureRefused, EntryRefused):
    """The figure's fiscal year is closed; nothing was changed. Whoever tells why a figure was refused, typed
    or sent with a key, tells this too."""


def value_closed(year: int) -> str:
    """Why a result of a closed fiscal year is not changed, and what to do."""
    return _(
        "%(year)sは確定して公表しているため、実績を変えられません。直すときは、計画の事務局が年次報告の正誤として公表します。"
    ) % {"year": _year(year)}


def target_closed(year: int) -> str:
    """The same of a target: none of what is to come is published yet."""
    return _(
        "%(year)sは確定して公表しているため、目標値を変えられません。これからの目標は、後の年度の目標値として決めてください。"
    ) % {"year": _year(year)}


def words_closed(year: int) -> str:
    """The same of what was planned or done in it."""
    return _(
        "%(year)sは確定して公表しているため、取組内容を変えられません。直すときは、計画の事務局が年次報告の正誤として公表します。"
    ) % {"year": _year(year)}


def _year(year: int) -> str:
    return format_fiscal_year(FiscalYear(year), language=get_language() or "ja")
