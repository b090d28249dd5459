"""What the worker does for the search: build sources anew at night, forget what was sought long ago."""

from datetime import time

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.jobs.api import daily, job
from tsunagari.kernel.search import api
from tsunagari.kernel.search.actions.prune_sought import prune_sought
from tsunagari.kernel.search.declare import Source
from tsunagari.kernel.search.queries.service_entries import entries, facet_words


@job(title=N_("検索の索引を作り直す"))
def rebuild_source(source: str) -> int:
    """Build one source anew; gives how many entries changed. Safe to run twice: the second changes none."""
    found = {each.id: each for each in api.declared()}.get(source)
    return api.rebuild(found) if found else 0


@daily(at=time(3, 30), title=N_("検索の索引を毎晩作り直す"))
def rebuild_all() -> int:
    """Put right what an event may have missed: every source in a job of its own."""
    for source in api.declared():
        rebuild_source.enqueue(source.id)
    return len(api.declared())


@daily(at=time(4, 0), title=N_("古い検索の記録を消す"))
def forget_sought() -> int:
    """Delete what was sought long ago."""
    return prune_sought(today=japan_day(system_clock()))


SEARCHED = (
    Source(
        id="service",
        title=N_("サービス"),
        entries=entries,
        titles={"service.start": N_("サービス")},
        facets={"division": N_("担当課")},
        values=facet_words,
    ),
)
