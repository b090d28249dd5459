"""How a city grades: thresholds of the pace, and letters or words for the statuses that follow.

Words and letters are the city's to set. The presets: "words" (no letters), "abcd" (A to D, as many
事務事業評価 sheets have them), "fsabc" (F/S/A/B/C/X/Y/Z as Akiruno City publishes its progress). Y (中止)
is a decision about a measure and no status; it stands in the scale so that the legend is whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from tsunagari.engines.plan.rules.pack import PackGrade, PackScale, Text
from tsunagari.engines.plan.rules.progress import STATUSES

BEST: Final = ("first", "last")
"""Whether the first grade of the list is the best one, or the last (5 of 1 to 5)."""


def _grade(code: str, ja: str, en: str, *statuses: str) -> PackGrade:
    return PackGrade(code=code, title=Text(ja=ja, others=(("en", en),)), statuses=statuses)


PRESETS: Final[dict[str, tuple[PackGrade, ...]]] = {
    "words": (),
    "abcd": (
        _grade("A", "目標に達した", "Target reached", "achieved"),
        _grade("B", "順調", "On track", "on_track"),
        _grade("C", "やや遅れ", "Slightly behind", "slightly_behind"),
        _grade("D", "遅れ・後退", "Behind or moving away", "behind", "worsening"),
    ),
    "fsabc": (
        _grade("F", "完了", "Completed"),
        _grade("S", "目標値以上", "At or above the target", "achieved"),
        _grade("A", "目標どおり", "As planned", "on_track"),
        _grade("B", "要改善", "Needs improvement", "slightly_behind"),
        _grade("C", "要大幅改善", "Needs great improvement", "behind", "worsening"),
        _grade("X", "未着手・実績なし", "Not begun or no result", "no_result"),
        _grade("Y", "中止", "Stopped"),
        _grade("Z", "評価困難", "Cannot be judged", "pending", "no_target"),
    ),
}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with a scale, and what would be right."""

    wrong: str
    right: str


def grades_of(scale: PackScale) -> tuple[PackGrade, ...]:
    """The grades of a scale: its own, else its preset's; () where the words alone are shown."""
    return scale.grades or PRESETS.get(scale.preset, ())


def grade_of(status: str, grades: Sequence[PackGrade]) -> PackGrade | None:
    """The grade that stands for a status; None where the scale has none for it."""
    return next((grade for grade in grades if status in grade.statuses), None)


def faults_of(scale: PackScale) -> Iterator[Fault]:
    """What keeps a scale from being used."""
    if not 0 < scale.slightly_behind < scale.on_track <= 1:
        yield Fault(
            wrong=f"the thresholds {scale.on_track} and {scale.slightly_behind} are not in order",
            right="let 0 < slightly_behind < on_track ≤ 1, for example 0.95 and 0.60",
        )
    if scale.preset == "own" and not scale.grades:
        yield Fault(wrong="a scale of the city's own has no grades", right="add grades: …")
    if scale.preset != "own" and scale.grades:
        yield Fault(
            wrong="grades stand beside a preset", right="write preset: own, or take them out"
        )
    codes = [grade.code for grade in scale.grades]
    if len(set(codes)) < len(codes):
        yield Fault(wrong="two grades bear one code", right="give each its own")
    used = [status for grade in scale.grades for status in grade.statuses]
    for status in sorted({status for status in used if used.count(status) > 1}):
        yield Fault(wrong=f"the status {status} has two grades", right="name it in one of them")
    judged = STATUSES[:5]
    missing = [status for status in judged if status not in used] if scale.grades else []
    if missing:
        yield Fault(
            wrong=f"no grade stands for {', '.join(missing)}", right="let each status have a grade"
        )


def as_kept(scale: PackScale) -> dict[str, Any]:
    """A scale as the plan's row keeps it."""
    return {
        "preset": scale.preset,
        "on_track": str(scale.on_track),
        "slightly_behind": str(scale.slightly_behind),
        "best": scale.best,
        "grades": [
            {"code": each.code, "title": each.title.by_language, "statuses": list(each.statuses)}
            for each in scale.grades
        ],
    }


def from_kept(kept: Mapping[str, Any]) -> PackScale:
    """The scale that a plan's row keeps; the usual one where it keeps none."""
    if not kept:
        return PackScale()
    return PackScale(
        preset=kept["preset"],
        on_track=Decimal(kept["on_track"]),
        slightly_behind=Decimal(kept["slightly_behind"]),
        best=kept["best"],
        grades=tuple(
            PackGrade(
                code=each["code"],
                title=Text(
                    ja=each["title"]["ja"],
                    others=tuple((k, v) for k, v in each["title"].items() if k != "ja"),
                ),
                statuses=tuple(each["statuses"]),
            )
            for each in kept["grades"]
        ),
    )
