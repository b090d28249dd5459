"""One sentence with a plan's true counts, as its page, the index and the comparison say it."""

from collections.abc import Sequence

from django.utils.translation import gettext

from tsunagari.engines.plan import api
from tsunagari.engines.plan.api import MeasureState, PlanBoard
from tsunagari.engines.plan.views.rows import without_results


def sentence(board: PlanBoard) -> str:
    """Counts by status; of a plan that ended without known results, what it had set and left open."""
    return part_sentence(board, board.head.short_name, board.measures)


def part_sentence(board: PlanBoard, name: str, measures: Sequence[MeasureState]) -> str:
    """The same for a field, a list or a viewpoint of a plan: counts, never averaged percentages."""
    if not without_results(board):
        return api.sentence(name, api.counts(measures))
    counts = api.counts(measures)
    aimed = sum(is_aimed(measure) for measure in measures if measure.counted)
    said = gettext(
        "%(plan)sの%(all)s取組：目標値を定めたもの %(aimed)s、指標か目標を検討するとしたもの %(open)s。"
    ) % {"plan": name, "all": counts.all, "aimed": aimed, "open": counts.all - aimed}
    return api.with_ended(said, name, counts)


def is_aimed(measure: MeasureState) -> bool:
    """Whether a measure has a target figure."""
    return any(indicator.targets for indicator in measure.indicators)
