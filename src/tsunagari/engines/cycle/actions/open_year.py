"""Opens a plan's year: a sheet for each measure, with what the year before already says."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tsunagari.engines.cycle.actions.note_changes import note_changes
from tsunagari.engines.cycle.declare import YearOpened
from tsunagari.engines.cycle.models import Cycle, Deadline, Sheet
from tsunagari.engines.cycle.rules.fields import CARRIED
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.cycle.rules.steps import usual_deadlines
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.ledger import api as ledger


class NotSecretariat(PermissionError):
    """Only the plan's secretariat does this."""


class YearRefused(ValueError):
    """The year cannot be opened, moved or set so; the text says why and what to do."""


def open_year(*, plan: str, year: int, hand: Hand, clock: Clock) -> str:
    """Open a fiscal year of a plan; returns the cycle's public id.

    Each running measure gets a sheet. What the year before wrote for the next (CARRIED) is in it already,
    else what the plan itself says of that year. Raises NotSecretariat, YearRefused.
    """
    if not hand.secretariat:
        raise NotSecretariat
    head = next(
        (each for each in plan_api.plan_heads("ja", now=clock()) if each.code == plan), None
    )
    if head is None:
        raise YearRefused(_("この計画はありません。"))
    if not head.first_year <= year <= head.last_year:
        raise YearRefused(_("この計画にない年度です。"))
    try:
        with transaction.atomic():
            return _open(plan, year, hand, clock())
    except IntegrityError as taken:
        raise YearRefused(_("この年度は、もう開かれています。")) from taken


def _open(plan: str, year: int, hand: Hand, now: datetime) -> str:
    if Cycle.objects.filter(plan=plan, fiscal_year=year).exists():
        raise YearRefused(_("この年度は、もう開かれています。"))
    cycle = Cycle.objects.create(plan=plan, fiscal_year=year, opened_at=now, opened_by=hand.actor)
    before = Cycle.objects.filter(plan=plan, fiscal_year__lt=year).order_by("-fiscal_year").first()
    if before:
        cycle.minutes_an_item, cycle.staff_cost = before.minutes_an_item, before.staff_cost
        cycle.save(update_fields=["minutes_an_item", "staff_cost"])
    Deadline.objects.bulk_create(
        Deadline(cycle=cycle, step=step, day=day)
        for step, day in usual_deadlines(FiscalYear(year)).items()
    )
    added = _follow(cycle, hand, now).added
    if not added:
        raise YearRefused(_("この年度に行う取組がありません。先に計画に取組を加えてください。"))
    ledger.record(
        YearOpened(
            subject=cycle.public_id,
            actor=hand.actor,
            division=hand.division,
            plan=plan,
            fiscal_year=year,
            sheets=added,
        )
    )
    return cycle.public_id


@dataclass(frozen=True, kw_only=True)
class Followed:
    """How a year's sheets followed the plan: how many were added, how many went that nobody had written in,
    and the measures (public ids) whose sheets were laid aside with what was written."""

    added: int = 0
    gone: int = 0
    aside: tuple[str, ...] = ()


@transaction.atomic
def follow_plan(*, cycle: str, hand: Hand, clock: Clock) -> Followed:
    """Bring a year that is still being planned to the plan's measures of that year. Other years stay as
    they are."""
    held = Cycle.objects.select_for_update().get(public_id=cycle)
    return _follow(held, hand, clock()) if held.phase == "planning" else Followed()


def _follow(cycle: Cycle, hand: Hand, now: datetime) -> Followed:
    running = plan_api.measures_of_year(cycle.plan, cycle.fiscal_year, "ja")
    known = {sheet.measure: sheet for sheet in Sheet.every.filter(cycle=cycle).order_by("order")}
    wanted = {head.public_id for head in running}
    leaving = [e for key, e in known.items() if key not in wanted and e.laid_aside_at is None]
    gone = [each for each in leaving if _untouched(each)]
    aside = [each for each in leaving if each not in gone]
    Sheet.every.filter(pk__in=[each.pk for each in gone]).delete()
    Sheet.every.filter(pk__in=[each.pk for each in aside]).update(laid_aside_at=now)
    new = [head for head in running if head.public_id not in known]
    texts = _carried(cycle, [head.public_id for head in new])
    for place, head in enumerate(running, start=1):
        if head.public_id in known:
            own = Sheet.every.filter(pk=known[head.public_id].pk)
            own.update(order=place, laid_aside_at=None)
            continue
        sheet = Sheet.objects.create(
            cycle=cycle,
            measure=head.public_id,
            division=head.divisions[0] if head.divisions else hand.division,
            partners=list(head.divisions[1:]),
            order=place,
            **texts[head.public_id],
        )
        changes = [(name, "", text) for name, text in texts[head.public_id].items() if text]
        note_changes(sheet=sheet, changes=changes, hand=hand, way="carried", now=now)
    return Followed(added=len(new), gone=len(gone), aside=tuple(each.measure for each in aside))


def _untouched(sheet: Sheet) -> bool:
    return sheet.plan_state == "draft" and not sheet.changes.exclude(way="carried").exists()


def _carried(cycle: Cycle, measures: list[str]) -> dict[str, dict[str, str]]:
    """By measure, what its new sheet begins with."""
    before = (
        Sheet.objects.filter(cycle__plan=cycle.plan, cycle__fiscal_year__lt=cycle.fiscal_year, measure__in=measures)
        .order_by("cycle__fiscal_year")
    )  # fmt: skip
    last = {each.measure: each for each in before}
    written = plan_api.planned_of_year(cycle.plan, cycle.fiscal_year)
    found: dict[str, dict[str, str]] = {}
    for key in measures:
        sheet = last.get(key)
        texts = {new: getattr(sheet, old) for new, old in CARRIED.items()} if sheet else {}
        if not texts.get("planned"):
            texts["planned"] = written.get(key, "") or (sheet.planned if sheet else "")
        found[key] = texts
    return found
