"""Publishes an erratum of a closed year: a new version beside the old ones, with date and reason."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from tsunagari.engines.cycle.actions.freeze_year import checked_reason, keep_version
from tsunagari.engines.cycle.actions.open_year import NotSecretariat, YearRefused
from tsunagari.engines.cycle.models import Cycle
from tsunagari.engines.cycle.queries.published import books_of
from tsunagari.engines.cycle.queries.yearbook_judged import judged_anew
from tsunagari.engines.cycle.rules.corrections import (
    Corrected,
    Correction,
    corrected,
    figure_at,
    is_figure,
)
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.rules.yearbook import Yearbook, YearMeasure
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.clock import Clock

IN_THE_PLAN = 300
"""Letters of the longest reason that the plan's own history keeps."""


def correct_year(
    *,
    cycle: str,
    corrections: Sequence[Correction],
    reason: str,
    seen: int,
    hand: Hand,
    clock: Clock,
) -> str | None:
    """Publish corrections of a closed year as its next version; returns its public id, None where
    everything already reads so. `seen` is the version on which the corrections were made.

    A corrected result, and what was planned or done, is also corrected in the plan, so that its live pages
    agree. Raises NotSecretariat, Cycle.DoesNotExist, CorrectionRefused, YearRefused.
    """
    if not hand.secretariat:
        raise NotSecretariat
    try:
        with transaction.atomic():
            pen = _Pen(hand=hand, reason=checked_reason(reason), now=clock())
            return _correct(cycle, corrections, seen, pen)
    except IntegrityError as taken:
        raise YearRefused(_overtaken()) from taken


def books_corrected(
    books: dict[str, Yearbook], corrections: Sequence[Correction], reason: str
) -> tuple[dict[str, Yearbook], tuple[Corrected, ...]]:
    """The yearbooks by language with their corrections and judgements, and what changed. Raises
    CorrectionRefused."""
    mended: dict[str, Yearbook] = {}
    for language, book in books.items():
        mended[language], changed = corrected(book, corrections, reason)
        for each in changed:
            if is_figure(each.place):
                public_id = each.place.rpartition(".")[0]
                mended[language] = judged_anew(mended[language], each.measure, public_id)
    with override("ja"):
        return mended, corrected(books["ja"], corrections, reason)[1]


def _overtaken() -> str:
    return _(
        "ほかの人が先に正誤を公表しました。新しい版の内容を確かめてから、もう一度入力してください。"
    )


@dataclass(frozen=True, kw_only=True)
class _Pen:
    """Who corrects, why, and when."""

    hand: Hand
    reason: str
    now: datetime


def _correct(public_id: str, corrections: Sequence[Correction], seen: int, pen: _Pen) -> str | None:
    cycle = Cycle.objects.select_for_update().get(public_id=public_id)
    newest = cycle.frozen.order_by("-version").first()
    if cycle.phase != "frozen" or newest is None:
        raise YearRefused(_("正誤を公表できるのは、確定した年度だけです。"))
    books, changed = books_corrected(books_of(newest.content), corrections, pen.reason)
    if not changed:
        return None
    if newest.version != seen:
        raise YearRefused(_overtaken())
    if not pen.reason:
        raise YearRefused(_("訂正する理由を入力してください。市民に公表します。"))
    frozen = keep_version(
        cycle=cycle,
        books=books,
        version=newest.version + 1,
        reason=pen.reason,
        corrections=[asdict(each) for each in changed],
        hand=pen.hand,
        now=pen.now,
    )
    for each in changed:
        _correct_plan(cycle, books["ja"], each, pen)
    return frozen.public_id


def _correct_plan(cycle: Cycle, book: Yearbook, change: Corrected, pen: _Pen) -> None:
    measure = book.measure(change.measure)
    assert measure is not None  # noqa: S101 - it was corrected just now
    if change.place in ("planned", "done"):
        plan_api.write_year(
            plan=cycle.plan,
            year=cycle.fiscal_year,
            texts={measure.public_id: {change.place: change.after}},
            actor=pen.hand.actor,
            division=pen.hand.division,
            reason=pen.reason[:IN_THE_PLAN],
            now=pen.now,
            closed_too=True,
        )
    elif is_figure(change.place):
        _correct_figure(measure, change, pen)


def _correct_figure(measure: YearMeasure, change: Corrected, pen: _Pen) -> None:
    indicator, year = figure_at(measure, change.place)
    figure = indicator.result_of(year)
    with override("ja"):
        source = _("年次報告の正誤")
    plan_api.correct_result(
        indicator=indicator.public_id,
        year=year,
        value=figure.value if figure else None,
        source=source,
        reason=pen.reason[:IN_THE_PLAN],
        actor=pen.hand.actor,
        division=pen.hand.division,
        now=pen.now,
    )
