"""What the search takes of the plans; the worker reads them anew every night."""

from functools import partial

from tsunagari.engines.plan.queries.search_entries import entries, facet_words, plan_above
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.search.declare import Source

SEARCHED = (
    Source(
        id="plan",
        title=N_("計画"),
        entries=partial(entries, clock=system_clock),
        titles={"plan.plan": N_("計画"), "plan.measure": N_("計画の取組")},
        facets={"division": N_("担当課")},
        values=facet_words,
        places=partial(plan_above, clock=system_clock),
    ),
)
