"""What the worker does for the city's pages: rounds over many pages, nightly checks, publishing at its time, mails."""

from collections.abc import Mapping
from datetime import date, time

from django.conf import settings

from tsunagari.engines.content.actions.apply_mends import apply_mends
from tsunagari.engines.content.actions.ask_import import discard_kept, kept_source
from tsunagari.engines.content.actions.ask_links import ask_links
from tsunagari.engines.content.actions.ask_round import ask_round
from tsunagari.engines.content.actions.bring_site import bring_site
from tsunagari.engines.content.actions.check_all import check_all
from tsunagari.engines.content.actions.check_page import KnownCity, check_page
from tsunagari.engines.content.actions.forget_questions import forget_questions
from tsunagari.engines.content.actions.hand_over import hand_over
from tsunagari.engines.content.actions.make_sizes import make_sizes
from tsunagari.engines.content.actions.plan_mends import plan_mends
from tsunagari.engines.content.actions.publish_due import publish_due
from tsunagari.engines.content.actions.tell_by_mail import tell_decision, tell_waiting
from tsunagari.engines.content.declare import (
    KINDS,
    ApprovalAsked,
    Decided,
    ImportAsked,
    PagePublished,
    PageWithdrawn,
    RoundAsked,
)
from tsunagari.engines.content.models import Round, SiteImport
from tsunagari.engines.content.queries.findings import faulty_pages
from tsunagari.engines.content.queries.search_entries import entries
from tsunagari.engines.content.queries.search_words import facet_words, titles_above, ways_onward
from tsunagari.engines.content.queries.versions import page_known_as
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.jobs.api import daily, enqueue_once, every, job
from tsunagari.kernel.ledger.declare import Listener, Recorded
from tsunagari.kernel.metering import api as metering
from tsunagari.kernel.search.declare import Source

SINCE = date(2026, 11, 22)
"""From which day pages are checked by themselves: what was published before, the first night checks."""


@job(title=N_("たくさんのページをまとめて点検・直す"))
def walk_round(held: str) -> int:
    """Do what a round asks for, by its public id; how many pages it concerned."""
    found = Round.objects.get(public_id=held)
    if found.kind == Round.Kinds.CHECK:
        return check_all(found, clock=system_clock)
    if found.kind == Round.Kinds.LINKS:
        return ask_links(found, clock=system_clock)
    if found.kind == Round.Kinds.HAND_OVER:
        return hand_over(found, clock=system_clock)
    if found.state in (Round.States.WAITING, Round.States.RUNNING):
        return plan_mends(found)
    return apply_mends(found, clock=system_clock)


@daily(at=time(3, 40), title=N_("すべてのページの点検"))
def check_every_night() -> int:
    """Have every page checked; how many there are to do yet."""
    return ask_round(Round.Kinds.CHECK, hand=None, clock=system_clock).total


@daily(at=time(4, 40), title=N_("外部リンクの確認"))
def ask_links_every_night() -> int:
    """Have every outward link asked, where the installation allows it; whether it does."""
    if settings.CHECK_LINKS:
        ask_round(Round.Kinds.LINKS, hand=None, clock=system_clock)
    return int(settings.CHECK_LINKS)


@job(title=N_("公開したページの点検"))
def check_one(public_id: str) -> int:
    """Check the page that was published or taken away; how many rules found something."""
    page = page_known_as(public_id)
    return check_page(page, city=KnownCity(), clock=system_clock) if page else 0


@every(seconds=60, title=N_("予約した公開と、公開の終わり"))
def publish_at_its_time() -> None:
    """Publish what is due and end what has expired."""
    publish_due(clock=system_clock)


@daily(at=time(3, 20), title=N_("1年たった「答えのない質問」を消す"))
def forget() -> int:
    """Delete questions that came more than a year ago; how many there were."""
    return forget_questions(clock=system_clock)


@job(attempts=48, title=N_("承認のお知らせメールを送る"))
def mail_waiting(step: int) -> int:
    """Tell those who decide that a page waits for them; to how many it went."""
    return tell_waiting(step=step, clock=system_clock)


@job(attempts=48, title=N_("承認の結果のお知らせメールを送る"))
def mail_decision(step: int) -> int:
    """Tell who asked what was decided; to how many it went."""
    return tell_decision(step=step)


@job(title=N_("画像をページに合う大きさで作る"))
def make_sizes_of_page(page: str) -> int:
    """Make what the page's pictures lack; how many pictures lacked something."""
    return make_sizes(page=page)


@job(title=N_("古いサイトを取り込む"))
def bring_old_site(held: str) -> int:
    """Bring over the site that was handed in, by its import's public id; how many pages were gone over."""
    bringing = SiteImport.objects.select_related("below").get(public_id=held)
    if bringing.state == SiteImport.States.DONE:
        return 0
    bring_site(bringing, kept_source(bringing), clock=system_clock)
    discard_kept(bringing)
    return bringing.total


def _walk(recorded: Recorded) -> None:
    enqueue_once(walk_round, recorded.public_id, recorded.subject)


def _check(recorded: Recorded) -> None:
    enqueue_once(check_one, recorded.public_id, recorded.subject)


def _mail_waiting(recorded: Recorded) -> None:
    enqueue_once(mail_waiting, recorded.public_id, int(recorded.data["step"] or 0))


def _mail_decision(recorded: Recorded) -> None:
    enqueue_once(mail_decision, recorded.public_id, int(recorded.data["step"] or 0))


def _bring_old_site(recorded: Recorded) -> None:
    enqueue_once(bring_old_site, recorded.public_id, recorded.subject)


def _make_sizes(recorded: Recorded) -> None:
    enqueue_once(make_sizes_of_page, recorded.public_id, recorded.subject)


LISTENERS = (
    Listener(id="content.make_sizes", to=(PagePublished.name,), hear=_make_sizes, since=SINCE),
    Listener(id="content.bring_old_site", to=(ImportAsked.name,), hear=_bring_old_site),
    Listener(id="content.walk_round", to=(RoundAsked.name,), hear=_walk),
    Listener(
        id="content.check_page",
        to=(PagePublished.name, PageWithdrawn.name),
        hear=_check,
        since=SINCE,
    ),
    Listener(id="content.mail_waiting", to=(ApprovalAsked.name,), hear=_mail_waiting),
    Listener(id="content.mail_decision", to=(Decided.name,), hear=_mail_decision),
)


@metering.reading("content.faulty_pages")
def read_faulty_pages() -> Mapping[tuple[tuple[str, str], ...], int]:
    """Published pages with a fault, by the gravest level that each has."""
    return {(("level", level),): count for level, count in faulty_pages().items()}


SEARCHED = (
    Source(
        id="content",
        title=N_("市のページ"),
        entries=entries,
        titles={f"content.{kind}": title for kind, title in KINDS.items()},
        facets={"division": N_("担当課"), "life_event": N_("くらしの場面")},
        values=facet_words,
        places=titles_above,
        onward=ways_onward,
        writing="content_question_begin",
    ),
)
