"""A plan's year with the days of its steps, how it moved, and who was reminded."""

from typing import ClassVar

from django.db import models

from tsunagari.engines.cycle.declare import PHASES, STEPS
from tsunagari.kernel.ids import new_public_id


class Cycle(models.Model):
    """One fiscal year (年度) of one plan, by the plan's code.

    `minutes_an_item` is how long one item of a year-end inquiry by mail is taken to cost division and
    secretariat together; `staff_cost` the average cost of one staff-year (平均人件費) in yen, None while
    nobody stated it. Both are assumptions that pages state beside what follows from them.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    plan = models.SlugField(max_length=60)
    fiscal_year = models.PositiveSmallIntegerField()
    phase = models.CharField(max_length=12, choices=list(PHASES.items()), default="planning")
    minutes_an_item = models.PositiveSmallIntegerField(default=20)
    staff_cost = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=22, blank=True)

    class Meta:
        ordering: ClassVar = ["-fiscal_year", "plan"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "fiscal_year"], name="cycle_one_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.fiscal_year}"


class Deadline(models.Model):
    """The day until which a step of the year is due, as the secretariat set it. When the office is closed
    on it, the next open day counts (rules/steps.py, due_day)."""

    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="deadlines")
    step = models.CharField(max_length=8, choices=list(STEPS.items()))
    day = models.DateField()

    class Meta:
        ordering: ClassVar = ["day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "step"], name="cycle_one_day_a_step")
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.day}"


class Move(models.Model):
    """How a year went from phase to phase, and a sheet's part from state to state: who, when, and why.

    `sheet` is None for a move of the year. `part` is "" then; `before` and `after` are phases or states.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="moves")
    sheet = models.ForeignKey(
        "cycle.Sheet", on_delete=models.CASCADE, null=True, related_name="moves"
    )
    part = models.CharField(max_length=8, blank=True)
    before = models.CharField(max_length=12)
    after = models.CharField(max_length=12)
    comment = models.TextField(blank=True)
    made_at = models.DateTimeField()
    actor = models.CharField(max_length=22, blank=True)
    division = models.CharField(max_length=50, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class Reminder(models.Model):
    """A mail to a division about a step: one a day at most, whoever asks for it.

    `sent_at` is None until the mail server took it; `receivers` counts the clerks to whom it went.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="reminders")
    step = models.CharField(max_length=8, choices=list(STEPS.items()))
    division = models.CharField(max_length=50)
    day = models.DateField()
    asked_by = models.CharField(max_length=22, blank=True)
    asked_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    receivers = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cycle", "step", "division", "day"], name="cycle_one_reminder_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.division} {self.day}"
