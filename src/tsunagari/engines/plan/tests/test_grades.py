"""Scales: presets, a city's own grades, which end is best, and what is refused."""

from decimal import Decimal

import pytest

from tsunagari.engines.plan.rules.grades import (
    PRESETS,
    as_kept,
    faults_of,
    from_kept,
    grade_of,
    grades_of,
)
from tsunagari.engines.plan.rules.pack import PackGrade, PackScale, Text
from tsunagari.engines.plan.rules.progress import STATUSES


def _own(*grades: tuple[str, str], best: str = "first") -> PackScale:
    return PackScale(
        preset="own",
        best=best,
        grades=tuple(
            PackGrade(code=code, title=Text(ja=code), statuses=tuple(statuses.split()))
            for code, statuses in grades
        ),
    )


FIVE = (
    ("1", "achieved"),
    ("2", "on_track"),
    ("3", "slightly_behind"),
    ("4", "behind"),
    ("5", "worsening"),
)


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_can_be_used(preset: str) -> None:
    assert not list(faults_of(PackScale(preset=preset)))


@pytest.mark.parametrize(
    ("preset", "said"),
    [
        ("abcd", "A B C D D - - -"),
        ("fsabc", "S A B C C Z X Z"),
        ("words", "- - - - - - - -"),
    ],
)
def test_a_preset_has_a_letter_for_each_status(preset: str, said: str) -> None:
    grades = grades_of(PackScale(preset=preset))
    found = [grade_of(status, grades) for status in STATUSES]
    assert " ".join(grade.code if grade else "-" for grade in found) == said


def test_where_one_is_best_the_first_of_five_stands_for_achieved() -> None:
    scale = _own(*FIVE)
    grade = grade_of("achieved", grades_of(scale))
    assert grade is not None
    assert (grade.code, scale.best) == ("1", "first")


def test_where_five_is_best_the_same_grades_are_told_from_the_other_end() -> None:
    scale = _own(*[(str(6 - int(code)), status) for code, status in reversed(FIVE)], best="last")
    grade = grade_of("achieved", grades_of(scale))
    assert grade is not None
    assert grade.code == "5"
    assert grades_of(scale)[-1] == grade


@pytest.mark.parametrize(
    ("scale", "wrong"),
    [
        (PackScale(preset="own"), "has no grades"),
        (PackScale(preset="abcd", grades=_own(*FIVE).grades), "beside a preset"),
        (PackScale(on_track=Decimal("0.5"), slightly_behind=Decimal("0.6")), "not in order"),
        (PackScale(on_track=Decimal("1.5")), "not in order"),
        (PackScale(slightly_behind=Decimal(0)), "not in order"),
        (_own(*FIVE, ("1", "pending")), "bear one code"),
        (_own(*FIVE, ("6", "achieved")), "achieved has two grades"),
        (_own(*FIVE[:4]), "no grade stands for worsening"),
    ],
)
def test_it_rejects_a_scale_that_cannot_be_used(scale: PackScale, wrong: str) -> None:
    assert any(wrong in fault.wrong for fault in faults_of(scale))


def test_a_scale_comes_back_from_the_row_as_it_went_in() -> None:
    scale = _own(*FIVE, best="last")
    assert from_kept(as_kept(scale)) == scale
    assert from_kept({}) == PackScale()
