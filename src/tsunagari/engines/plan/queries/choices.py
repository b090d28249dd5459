"""What can be chosen in the console: divisions as of a plan's years, measures as quoted, meters by title."""

from collections.abc import Iterable

from django.utils.translation import gettext, pgettext

from tsunagari.engines.plan.models import Plan, Series
from tsunagari.engines.plan.queries.snapshot import Snapshot, snapshot
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.metering import api as metering
from tsunagari.kernel.metering.declare import Meter

Choices = dict[str, list[tuple[str, str]]]
"""By field: value and words, in the order in which they are shown."""


def measure_choices(code: str, *, running: FiscalYear, chosen: Iterable[str]) -> Choices:
    """Everything that can be chosen for a measure of a plan. `chosen` are divisions it has already."""
    held = snapshot("ja")
    plan = held.plans[code]
    return {
        "section": [(each.code, each.name) for each in held.sections[plan.pk]],
        "viewpoints": [(each["code"], each["name"]["ja"]) for each in plan.viewpoints],
        "divisions": _divisions(plan, running, chosen),
        "origin": _measures(held),
        "meter": meter_choices(),
        "series": [(each.code, each.name) for each in Series.objects.order_by("name")],
    }


def surrounding_choices(*, running: FiscalYear) -> Choices:
    """Everything that can be chosen for a driver or asset."""
    held = snapshot("ja")
    return {
        "measures": _measures(held),
        "division": [(each.code, each.name) for each in identity.divisions(running)],
    }


def plan_choices() -> Choices:
    """What a new plan can follow."""
    held = snapshot("ja")
    return {"predecessor": [(each.code, each.name) for each in held.plans.values()]}


def meter_choices() -> list[tuple[str, str]]:
    """Every declared meter by its title and how it comes by its figures."""
    return sorted(
        ((each.id, _meter_title(each)) for each in metering.declared()), key=lambda pair: pair[1]
    )


def _meter_title(meter: Meter) -> str:
    if isinstance(meter, metering.Loaded):
        way = pgettext("how it is measured", "取込")
    else:
        way = pgettext("how it is measured", "自動")
    return gettext("%(title)s（%(way)s）") % {"title": gettext(meter.title), "way": way}


def _measures(held: Snapshot) -> list[tuple[str, str]]:
    return [
        (f"{plan.letter}/{measure.number}", f"{plan.letter}/{measure.number} {measure.name}")
        for plan in held.plans.values()
        for measure in held.measures[plan.pk]
    ]


def _divisions(plan: Plan, running: FiscalYear, chosen: Iterable[str]) -> list[tuple[str, str]]:
    """Divisions of the plan's years by the name they bore then, the chosen first; who does their work
    now stands beside."""
    held = set(chosen)
    first, last = plan.first_year, max(plan.first_year, min(plan.last_year, running.year))
    then = {each.code: each.name for each in identity.divisions(FiscalYear(first))}
    later = {each.code: each.name for each in identity.divisions(FiscalYear(last))}
    names = {**{code: name for code, name in later.items() if code not in then}, **then}
    missing = [code for code in sorted(held) if code not in names]
    names |= identity.division_names(missing, FiscalYear(first), "ja") if missing else {}
    now = identity.names_of_heirs(names, running, "ja")
    first_those = sorted(names, key=lambda code: code not in held)
    return [(code, _with_heirs(names[code], now[code])) for code in first_those]


def _with_heirs(name: str, now: tuple[str, ...]) -> str:
    if not now or now == (name,):
        return name
    return gettext("%(name)s（いまは%(now)s）") % {"name": name, "now": "、".join(now)}
