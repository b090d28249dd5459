"""A plan without its measures, as pages show it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from tsunagari.engines.plan.models import Plan
from tsunagari.engines.plan.queries.board import (
    GradeName,
    Label,
    PlanHead,
    ScaleHead,
    SectionHead,
    YearHead,
)
from tsunagari.engines.plan.queries.first_days import surely_known_in
from tsunagari.engines.plan.queries.snapshot import Snapshot
from tsunagari.engines.plan.rules.grades import grades_of
from tsunagari.engines.plan.rules.pack import PackScale
from tsunagari.kernel.i18n.days import FiscalYear


def head_of(plan: Plan, held: Snapshot, now: datetime) -> PlanHead:
    """One plan's head in the snapshot's language."""
    texts, language = held.texts, held.language
    predecessor = held.plans_by_key.get(plan.predecessor_id or 0)
    return PlanHead(
        public_id=plan.public_id,
        code=plan.code,
        letter=plan.letter,
        kind=plan.kind,
        name=texts.get(plan, "name"),
        short_name=texts.get(plan, "short_name"),
        idea=texts.get(plan, "idea"),
        outline=texts.get(plan, "outline"),
        source=texts.get(plan, "source"),
        list_name=texts.get(plan, "list_name"),
        first_year=plan.first_year,
        last_year=plan.last_year,
        ended=plan.last_year < FiscalYear.at(held.moment(now)).year,
        predecessor=predecessor.code if predecessor else "",
        labels={column: words_in(words, language) for column, words in plan.labels.items()},
        issues=tuple(label_of(each, language) for each in plan.issues),
        viewpoints=tuple(label_of(each, language) for each in plan.viewpoints),
        sections=tuple(
            SectionHead(
                code=section.code,
                kind=section.kind,
                name=texts.get(section, "name"),
                outline=texts.get(section, "outline"),
            )
            for section in held.sections[plan.pk]
        ),
        scale=scale_head(held.scales[plan.pk], language),
        action_plans=tuple(
            YearHead(
                year=each.fiscal_year, name=texts.get(each, "name"), note=texts.get(each, "note")
            )
            for each in held.action_plans[plan.pk]
        ),
        on=held.day,
        read_again=held.read_again.get(plan.pk),
        known_since=surely_known_in(held, plan.code),
    )


def words_in(words: Mapping[str, str], language: str) -> str:
    """A text kept by language; Japanese where there is no other."""
    return words.get(language) or words.get("ja", "")


def label_of(kept: Mapping[str, Any], language: str) -> Label:
    """A central issue or viewpoint as the plan's row keeps it."""
    return Label(
        code=kept["code"],
        name=words_in(kept["name"], language),
        outline=words_in(kept["outline"], language),
    )


def scale_head(scale: PackScale, language: str) -> ScaleHead:
    """The scale with its grades in words: those of a preset come from the catalogue."""
    return ScaleHead(
        preset=scale.preset,
        on_track=scale.on_track,
        slightly_behind=scale.slightly_behind,
        best=scale.best,
        grades=tuple(
            GradeName(
                code=each.code,
                title=words_in(each.title.by_language, language),
                statuses=each.statuses,
            )
            for each in grades_of(scale)
        ),
    )
