"""Closes a plan's year: its content is sealed, its hash goes into the ledger, and it is published."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from tsunagari.engines.cycle.actions.move_year import note_phase
from tsunagari.engines.cycle.actions.open_year import NotSecretariat, YearRefused
from tsunagari.engines.cycle.declare import YearFrozen
from tsunagari.engines.cycle.models import Cycle, Frozen
from tsunagari.engines.cycle.queries.yearbook import NothingToClose, yearbooks
from tsunagari.engines.cycle.queries.yearbook_gaps import Gaps, gaps_of
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.rules.seal import canonical, seal
from tsunagari.engines.cycle.rules.yearbook import Yearbook
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.ledger import api as ledger

REASON = 500
"""Letters of the longest reason."""


class StillLacking(YearRefused):
    """Something is missing and nobody said why the year is closed all the same."""

    def __init__(self, gaps: Gaps) -> None:
        super().__init__(lacking_words(gaps))
        self.gaps = gaps


def freeze_year(*, cycle: str, reason: str, hand: Hand, clock: Clock) -> str:
    """Close a year and publish it; returns the public id of its first version. `reason` says why it is
    closed although something is missing, "" where nothing is.

    What was done also goes into the plan's action plan of the year. Of two who close at once one does.
    Raises NotSecretariat, Cycle.DoesNotExist, StillLacking, YearRefused; then nothing has changed.
    """
    if not hand.secretariat:
        raise NotSecretariat
    try:
        with transaction.atomic():
            return _freeze(cycle, checked_reason(reason), hand, clock())
    except IntegrityError as taken:
        raise YearRefused(frozen_words()) from taken


def frozen_words() -> str:
    """Why a year that is closed is not opened again."""
    return _(
        "この年度は、もう確定しています。開き直すことはできません。直すところがあるときは、正誤として公表してください。"
    )


def checked_reason(reason: str) -> str:
    """A reason as it is kept. Raises YearRefused when it is too long."""
    reason = reason.replace("\r\n", "\n").strip()
    if len(reason) > REASON:
        raise YearRefused(_("理由は%(longest)d文字までで入力してください。") % {"longest": REASON})
    return reason


def lacking_words(gaps: Gaps) -> str:
    """What is missing, in one sentence with the numbers of measures."""
    said = [
        sentence % {"count": len(heads), "numbers": _("、").join(each.number for each in heads)}
        for sentence, heads in (
            (_("点検・評価を受理していない取組が%(count)d件（%(numbers)s）"), gaps.unchecked),
            (_("見直しの決定がない取組が%(count)d件（%(numbers)s）"), gaps.undecided),
            (_("決定を計画に反映していない取組が%(count)d件（%(numbers)s）"), gaps.uncarried),
        )
        if heads
    ]
    return _("%(lacking)sあります。このまま確定するときは、理由を入力してください。") % {
        "lacking": _("、").join(said)
    }


def _freeze(public_id: str, reason: str, hand: Hand, now: datetime) -> str:
    cycle = Cycle.objects.select_for_update().get(public_id=public_id)
    if cycle.phase == "frozen":
        raise YearRefused(frozen_words())
    if cycle.phase != "acting":
        raise YearRefused(
            _("年度を確定できるのは「見直し」の段階だけです。先に年度の段階を進めてください。")
        )
    # Nobody enters a figure between the reading of one language and the other.
    plan_api.hold_plan()
    gaps = gaps_of(cycle, language="ja")
    if gaps.any and not reason:
        raise StillLacking(gaps)
    try:
        books = yearbooks(cycle, now=now)
    except NothingToClose as nothing:
        raise YearRefused(_("この計画には、確定する取組がありません。")) from nothing
    frozen = keep_version(
        cycle=cycle, books=books, version=1, reason="", corrections=[], hand=hand, now=now
    )
    _write_done(cycle, hand, now)
    note_phase(cycle=cycle, after="frozen", comment=reason, hand=hand, now=now)
    return frozen.public_id


def keep_version(
    *,
    cycle: Cycle,
    books: dict[str, Yearbook],
    version: int,
    reason: str,
    corrections: list[dict[str, str]],
    hand: Hand,
    now: datetime,
) -> Frozen:
    """Seal one version and tell the ledger its hash. In the caller's transaction; the table lets one row
    be of a version (IntegrityError)."""
    content = canonical({language: book.plain() for language, book in books.items()})
    frozen = Frozen.objects.create(
        cycle=cycle,
        version=version,
        content=content,
        sha256=seal(content),
        reason=reason,
        corrections=corrections,
        frozen_at=now,
        actor=hand.actor,
    )
    ledger.record(
        YearFrozen(
            subject=frozen.public_id,
            actor=hand.actor,
            division=hand.division,
            plan=cycle.plan,
            fiscal_year=cycle.fiscal_year,
            version=version,
            sha256=frozen.sha256,
        )
    )
    return frozen


def _write_done(cycle: Cycle, hand: Hand, now: datetime) -> None:
    """The plan's live pages say what was done."""
    with override("ja"):
        reason = _("年度を確定し、1年間に実施したことを公表しました。")
    plan_api.write_year(
        plan=cycle.plan,
        year=cycle.fiscal_year,
        texts={sheet.measure: {"done": sheet.done} for sheet in cycle.sheets.all()},
        actor=hand.actor,
        division=hand.division,
        reason=reason,
        now=now,
        closed_too=True,
    )
