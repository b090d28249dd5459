"""Carries out one decision in the plan, and says what it did."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from tsunagari.engines.cycle.declare import DECISIONS
from tsunagari.engines.cycle.models import Cycle, Decision, Heir
from tsunagari.engines.cycle.rules.decisions import (
    GOES_ON,
    STAGES,
    STOPPED,
    lineage_of,
    no_successor,
)
from tsunagari.engines.cycle.rules.deeds import Act, Deed, plain
from tsunagari.engines.cycle.rules.hands import Hand
from tsunagari.engines.plan import api as plan_api
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.i18n.eras import format_fiscal_year
from tsunagari.kernel.i18n.said import said


class CarryRefused(ValueError):
    """Decisions cannot be carried out; the text says why and what to do."""


def words_of_review(cycle: Cycle, kind: str, language: str) -> str:
    """Why the plan changes: 令和7年度の見直し（統合）."""
    with override(language):
        year = format_fiscal_year(FiscalYear(cycle.fiscal_year), language=language)
        told = {"year": year, "kind": said(DECISIONS[kind])}
        return _("%(year)sの見直し（%(kind)s）") % told


def words_of_year(cycle: Cycle) -> str:
    """令和7年度の見直し, in Japanese as the history keeps it."""
    with override("ja"):
        year = format_fiscal_year(FiscalYear(cycle.fiscal_year), language="ja")
        return _("%(year)sの見直し") % {"year": year}


@dataclass(kw_only=True)
class Carrying:
    """One carrying out. `target` is the plan in which it holds from the fiscal year `year`; `planned`
    gathers what action plans will say, by plan and year. In the caller's transaction."""

    cycle: Cycle
    decision: Decision
    target: plan_api.PlanHead | None
    year: int
    hand: Hand
    now: datetime
    deeds: list[Deed] = field(default_factory=list)
    planned: dict[tuple[str, int], dict[str, dict[str, str]]] = field(default_factory=dict)

    @cached_property
    def language(self) -> str:
        """What it does is told as whoever looks reads it; what it writes into the plan is of both."""
        return get_language() or "ja"

    @cached_property
    def origins(self) -> tuple[plan_api.MeasureHead, ...]:
        """The measures that it is about, in the plan's order."""
        ids = [each.measure for each in self.decision.sheets.all()]
        found = plan_api.measures_by_id(ids, self.language)
        return tuple(found[each] for each in ids if each in found)

    @cached_property
    def heirs(self) -> tuple[Heir, ...]:
        """What it makes."""
        return tuple(self.decision.heirs.all())

    @property
    def quoted(self) -> tuple[str, ...]:
        """The measures as people quote them, with their names."""
        return tuple(f"{each.quoted} {each.name}" for each in self.origins)

    @cached_property
    def by(self) -> plan_api.Editor:
        """Who edits the plan, and why."""
        reason = words_of_review(self.cycle, self.decision.kind, "ja")
        return plan_api.Editor(
            actor=self.hand.actor, division=self.hand.division, reason=reason, now=self.now
        )

    @property
    def moves_on(self) -> bool:
        """Whether it holds in another plan than the year's own."""
        return self.target is not None and self.target.code != self.cycle.plan

    def run(self) -> None:
        """Change the plan. Raises what the plan's actions raise, and CarryRefused."""
        kind = self.decision.kind
        if self.target is None and kind != "abolish":
            raise CarryRefused(no_successor())
        if kind in GOES_ON and self.moves_on and not self.heirs:
            raise CarryRefused(
                _(
                    "次の計画での番号と分野・一覧が決まっていません。決定を開いて、入力してください。"
                )
            )
        made = self._make() if self.heirs else {}
        over = self.target is None or self.moves_on  # the plan itself ends before that year
        if kind not in GOES_ON and kind != "new" and not over:
            self._end()
        self._move_stage(made)
        self._revise(made)
        self._revise_texts(made)
        if not self.deeds:
            self._note_each(goes_on=kind in GOES_ON)

    def _note_each(self, *, goes_on: bool) -> None:
        """Nothing is written: a measure goes on, or it ends with its plan."""
        act: Act = "goes_on" if goes_on else "ends"
        for each in self.origins:
            last = min(each.until_year or self.last_year, self.last_year)
            self._note(act, each.quoted, each.name, year=self.year if goes_on else last)

    @cached_property
    def last_year(self) -> int:
        """The last fiscal year of the year's own plan before it holds."""
        heads = plan_api.plan_heads("ja", now=self.now)
        ends = [each.last_year for each in heads if each.code == self.cycle.plan]
        return min([*ends, self.year - 1])

    def _note(self, act: Act, measure: str, name: str, **more: object) -> None:
        given = {"year": self.year, **more}
        self.deeds.append(Deed(act=act, measure=measure, name=name, **given))  # type: ignore[arg-type]  # as Deed has them

    def _make(self) -> dict[str, str]:
        """Make the heirs; gives their indicators by those from which they go on."""
        assert self.target is not None  # noqa: S101 - who has heirs has a plan
        kind, year = self.decision.kind, max(self.year, self.target.first_year)
        made = plan_api.make_heirs(
            origins=[each.public_id for each in self.origins],
            heirs=[_new(each) for each in self.heirs],
            growth=plan_api.Growth(
                plan=self.target.code,
                year=year,
                kind=lineage_of(kind),
                note=self.by.reason,
                note_en=words_of_review(self.cycle, kind, "en"),
            ),
            by=self.by,
        )
        indicators: dict[str, str] = {}
        for heir, row in zip(self.heirs, made, strict=True):
            self._keep(heir, row, year)
            indicators |= row.indicators
        return indicators

    def _keep(self, heir: Heir, made: plan_api.MadeMeasure, year: int) -> None:
        assert self.target is not None  # noqa: S101 - as above
        heir.measure = made.public_id
        heir.save(update_fields=["measure"])
        quoted = f"{self.target.letter}/{heir.number}"
        name = heir.called(self.language)
        count = len(set(made.indicators.values()))
        self._note("made", quoted, name, year=year, count=count)
        if heir.planned:
            texts = self.planned.setdefault((self.target.code, year), {})
            texts[made.public_id] = {"planned": heir.planned}
            self._note("planned", quoted, name, year=year)
        candidate = self.decision.candidate
        if candidate is not None and not candidate.measure:
            candidate.measure = made.public_id
            candidate.save(update_fields=["measure"])

    def _end(self) -> None:
        """The year before is the last one of each measure."""
        for each in self.origins:
            plan_api.end_measure(
                measure=each.public_id, year=self.year - 1, reason=self.decision.reason, by=self.by
            )
            self._note("ends", each.quoted, each.name, year=self.year - 1)

    def _move_stage(self, made: Mapping[str, str]) -> None:
        to = self.decision.stage_to
        if not to or to == STOPPED:
            return
        for each in self.origins:
            measure = self.heirs[0].measure if made or self.heirs else each.public_id
            plan_api.move_stage(measure=measure, word=to, year=self.year, by=self.by)
            words = {
                key: said(STAGES[key]) for key in (self.decision.stage_from, to) if key in STAGES
            }
            before = words.get(self.decision.stage_from, "")
            self._note("stage", each.quoted, each.name, before=before, after=words[to])

    def _revise(self, made: Mapping[str, str]) -> None:
        known = {each.public_id: (m, each) for m in self.origins for each in m.indicators}
        hand = plan_api.PlanHand(
            actor=self.hand.actor, division=self.hand.division, secretariat=self.hand.secretariat
        )
        clock: Callable[[], datetime] = lambda: self.now  # noqa: E731 - the clock of this carrying out
        for each in self.decision.revisions.all():
            plan_api.revise_target(
                indicator=made.get(each.indicator, each.indicator),
                year=each.fiscal_year,
                old=each.old,
                new=each.new,
                reason=each.reason,
                hand=hand,
                clock=clock,
            )
            measure, indicator = known[each.indicator]
            self._note(
                "target",
                measure.quoted,
                measure.name,
                year=each.fiscal_year,
                detail=indicator.name,
                digits=indicator.digits,
                unit=indicator.unit,
                before=plain(each.old),
                after=plain(each.new),
            )

    def _revise_texts(self, made: Mapping[str, str]) -> None:
        """Once the targets are revised: a name that changes is told by the name that people know."""
        known = {each.public_id: (m, each) for m in self.origins for each in m.indicators}
        rows = list(self.decision.text_revisions.all())
        written: dict[tuple[str, str], str] = {}
        for indicator, reason in dict.fromkeys((each.indicator, each.reason) for each in rows):
            own = [e for e in rows if (e.indicator, e.reason) == (indicator, reason)]
            place = made.get(indicator, indicator)
            if any(written.setdefault((place, e.key), e.new) != e.new for e in own):
                raise CarryRefused(_two_ways())
            plan_api.revise_indicator(
                indicator=indicator,
                heir=made.get(indicator, ""),
                old={each.key: each.old for each in own},
                new={each.key: each.new for each in own},
                by=replace(self.by, reason=reason),
            )
            measure, head = known[indicator]
            for each in own:
                self._note(
                    "text",
                    measure.quoted,
                    measure.name,
                    detail=head.name,
                    part=each.key,
                    before=each.old,
                    after=each.new,
                )


def _two_ways() -> str:
    return _(
        "一つにまとまる指標が、二通りに見直されています。どちらの指標にも、同じ内容を入力してください。"
    )


def _new(heir: Heir) -> plan_api.NewMeasure:
    return plan_api.NewMeasure(
        number=heir.number,
        name=heir.name,
        name_en=heir.name_en,
        section=heir.section,
        divisions=tuple(heir.divisions),
        indicators=tuple(heir.indicators),
        kind=heir.kind,
        managed_in=heir.managed_in,
    )
