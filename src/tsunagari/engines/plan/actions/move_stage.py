"""Moves a measure to another stage from a fiscal year on: the standing stage ends, the next one begins."""

from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.utils import translation

from tsunagari.engines.plan.actions.add_thing import add_thing
from tsunagari.engines.plan.actions.edit_things import Editor, Root, Wanted, edit_things
from tsunagari.engines.plan.actions.hold_plan import hold_plan
from tsunagari.engines.plan.models import Measure, Stage
from tsunagari.engines.plan.rules.plan_words import STAGE_WORDS
from tsunagari.kernel.i18n.said import said

LANGUAGES: Final = {"text": "ja", "text.en": "en"}


@transaction.atomic
def move_stage(*, measure: str, word: str, year: int, by: Editor) -> bool:
    """Let a measure (its public id) be in the stage `word` (STAGE_WORDS) from `year`; False when it
    already is.

    What the plan had foreseen for that stage moves to the year; a stage that is skipped becomes this one.
    Raises Measure.DoesNotExist, KeyError for an unknown stage, Refused for a year that is not the plan's.
    """
    hold_plan()
    row = (
        Measure.objects.select_related("plan")
        .select_for_update(of=("self",))
        .get(public_id=measure)
    )
    stages = list(row.stages.order_by("column", "order"))
    wanted = [*_ended(stages, year), *_foreseen(stages, word, year)]
    changed = 0
    if wanted:
        root = Root(kind="measure", public_id=measure, version=row.version)
        changed = edit_things(root=root, wanted=wanted, by=by)
    if any(each.word == word and _begins(each, year) for each in row.stages.all()):
        return bool(changed)
    later = [each.column for each in stages if each.column > year]
    last = min(later) - 1 if later else row.plan.last_year
    span = {"column": str(year), "first_year": str(year), "last_year": str(last)}
    add_thing(kind="stage", parent=row, texts={**words_of_stage(word), "word": word, **span}, by=by)
    return True


def words_of_stage(word: str) -> dict[str, str]:
    """A stage's usual words in every language, as the texts of a stage."""
    found = {}
    for key, language in LANGUAGES.items():
        with translation.override(language):
            found[key] = said(STAGE_WORDS[word])
    return found


def _begins(stage: Stage, year: int) -> bool:
    """Whether a stage covers the year from its beginning on."""
    first, last = stage.first_year or stage.column, stage.last_year or stage.column
    return first <= year <= max(last, stage.column)


def _ended(stages: Sequence[Stage], year: int) -> list[Wanted]:
    """The stages whose words stand before the year end with the year before it."""
    return [
        Wanted(kind="stage", thing=each.public_id, texts={"last_year": str(year - 1)})
        for each in stages
        if each.column < year and (each.last_year is None or each.last_year >= year)
    ]


def _foreseen(stages: Sequence[Stage], word: str, year: int) -> list[Wanted]:
    """What the plan foresees from the year on, up to the stage itself: it begins now, and those before
    it read as it does. Where it does not foresee the stage, what stands in the year itself is changed."""
    ahead = [each for each in stages if each.column >= year]
    target = next((each for each in ahead if each.word == word), None)
    skipped = [
        e for e in ahead if e.word != word and e.column < (target.column if target else year + 1)
    ]
    texts = {"word": word, **words_of_stage(word)}
    wanted = [Wanted(kind="stage", thing=each.public_id, texts=texts) for each in skipped]
    first = skipped[0] if skipped else target
    if first is None or first.first_year == year:
        return wanted
    begun = Wanted(kind="stage", thing=first.public_id, texts={"first_year": str(year)})
    return [*wanted, begun] if not skipped else [_joined(wanted[0], begun), *wanted[1:]]


def _joined(one: Wanted, other: Wanted) -> Wanted:
    return Wanted(kind=one.kind, thing=one.thing, texts={**one.texts, **other.texts})
