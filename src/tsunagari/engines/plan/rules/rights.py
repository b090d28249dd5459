"""Who may do what to the plan: pure, so that a screen and an action ask the same question."""

from collections.abc import Collection


def may_enter(divisions: Collection[str], measure_divisions: Collection[str]) -> bool:
    """Whether somebody acting for `divisions` enters figures of a measure.

    `measure_divisions` are the divisions that do the measure's work today: those the plan names, or
    their successors. 関係各課 names nobody and lets nobody in. All are codes.
    """
    return not set(divisions).isdisjoint(measure_divisions)


def can_edit_plan(roles: Collection[str]) -> bool:
    """Whether somebody edits what the plan says: the plan's secretariat. `roles` are those of the post acted as."""
    return "secretariat" in roles
