"""Everything the plan's tables hold, read at once and kept in memory until somebody writes to them.

A page costs one query for the edition's word; where a process has not read that edition yet, it reads
all plans in a fixed number of queries, whatever their size. Meters and divisions are not in it: they
are read with every page.
"""

from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from threading import Lock
from typing import Final, TypeVar

from django.db.models import Model

from tsunagari.engines.plan.models import (
    Action,
    ActionPlan,
    Asset,
    Driver,
    Edit,
    Edition,
    Evidence,
    Indicator,
    Lineage,
    Measure,
    Plan,
    Section,
    Series,
    Stage,
    Target,
    Value,
)
from tsunagari.engines.plan.queries.texts import Texts
from tsunagari.engines.plan.rules.grades import from_kept
from tsunagari.engines.plan.rules.pack import PackScale

KEPT: Final = 6
"""How many editions and languages a process keeps; a write makes the older ones useless."""

R = TypeVar("R", bound=Model)


class Snapshot:
    """The rows of one edition in one language. They are shared by requests: nobody changes them."""

    def __init__(self, language: str) -> None:
        self.language = language
        plans = list(Plan.objects.order_by("-first_year", "code"))
        sections = list(Section.objects.order_by("order"))
        measures = list(Measure.objects.select_related("plan", "section").order_by("order"))
        self.plans = {plan.code: plan for plan in plans}
        self.plans_by_key = {plan.pk: plan for plan in plans}
        self.scales: dict[int, PackScale] = {plan.pk: from_kept(plan.scale) for plan in plans}
        self.sections = _by(sections, "plan_id")
        self.measures = _by(measures, "plan_id")
        self.measures_by_key = {measure.pk: measure for measure in measures}
        stages = list(Stage.objects.order_by("order"))
        self.stages = _by(stages, "measure_id")
        indicators = list(Indicator.objects.select_related("series").order_by("order"))
        self.indicators = _by(indicators, "measure_id")
        self.indicators_of_series = _by(indicators, "series_id")
        standing = {"superseded_at": None}
        self.targets = _by(
            Target.objects.filter(**standing).order_by("fiscal_year"), "indicator_id"
        )
        self.values = _by(
            Value.objects.filter(**standing).order_by("fiscal_year", "month"), "indicator_id"
        )
        replaced = {"superseded_at__isnull": False}
        self.replaced_targets = _by(Target.objects.filter(**replaced), "indicator_id")
        self.replaced_values = _by(Value.objects.filter(**replaced), "indicator_id")
        self.edits: dict[str, list[Edit]] = defaultdict(list)
        for edit in Edit.objects.all():
            self.edits[edit.thing].append(edit)
        self.evidence = _by(
            Evidence.objects.filter(value__superseded_at=None, withdrawn_at=None), "value_id"
        )
        self.ways = list(Lineage.objects.order_by("origin__order", "heir__order"))
        action_plans = list(ActionPlan.objects.order_by("fiscal_year"))
        actions = list(
            Action.objects.select_related("action_plan").order_by("action_plan__fiscal_year")
        )
        self.action_plans = _by(action_plans, "plan_id")
        self.actions = _by(actions, "measure_id")
        self.drivers = list(Driver.objects.order_by("order", "pk"))
        self.assets = list(Asset.objects.order_by("order", "pk"))
        self.driver_ties = _ties(Driver)
        self.asset_ties = _ties(Asset)
        series = {each.series for each in indicators if each.series is not None}
        self.series: dict[str, Series] = {each.code: each for each in series}
        self.texts = Texts.of_tables(TRANSLATED, language)


TRANSLATED: Final = (
    Plan,
    Section,
    Measure,
    Stage,
    Indicator,
    Series,
    Lineage,
    ActionPlan,
    Action,
    Driver,
    Asset,
)
"""Tables whose texts have translations."""


def _by(rows: Iterable[R], key: str) -> dict[int, list[R]]:
    found: dict[int, list[R]] = defaultdict(list)
    for row in rows:
        found[getattr(row, key)].append(row)
    return found


def _ties(model: type[Driver] | type[Asset]) -> dict[int, list[int]]:
    """Keys of measures by the driver's or asset's key."""
    found: dict[int, list[int]] = defaultdict(list)
    ties = model.objects.filter(measures__isnull=False).order_by(
        "measures__plan", "measures__order"
    )
    for key, measure in ties.values_list("pk", "measures"):
        found[key].append(measure)
    return found


_KEPT: OrderedDict[tuple[str, str], Snapshot] = OrderedDict()
_LOCK = Lock()


def snapshot(language: str) -> Snapshot:
    """The plan as it stands, in a language ("ja" or "en").

    The word is read before the rows: a write that comes between is read too early, never too late,
    for its own word leads to a new reading.
    """
    word = Edition.objects.filter(pk=1).values_list("word", flat=True).first()
    if word is None:
        return Snapshot(language)
    with _LOCK:
        kept = _KEPT.get((word, language))
        if kept is not None:
            _KEPT.move_to_end((word, language))
            return kept
    fresh = Snapshot(language)
    with _LOCK:
        _KEPT[word, language] = fresh
        while len(_KEPT) > KEPT:
            _KEPT.popitem(last=False)
    return fresh
