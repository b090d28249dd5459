"""The sheets of a year: one for each measure, with quarters' figures, every change, and opinions."""

from typing import ClassVar

from django.db import models

from tsunagari.engines.cycle.models.cycles import Cycle
from tsunagari.kernel.ids import new_public_id

STATES = [
    ("draft", "draft"),
    ("submitted", "submitted"),
    ("returned", "returned"),
    ("accepted", "accepted"),
]


class StandingSheets(models.Manager["Sheet"]):
    """The sheets of measures that run in their year; `Sheet.every` has those that were laid aside too."""

    def get_queryset(self) -> models.QuerySet["Sheet"]:
        """Without those that were laid aside."""
        return super().get_queryset().filter(laid_aside_at=None)


class Sheet(models.Model):
    """A measure's year (調書). Its fields are those of rules/fields.py, by the same names.

    `measure` is the plan's public id. `division` is the code of the division that answers, `partners`
    those that the plan names beside it; who does their work today may be another (identity.heirs).
    `laid_aside_at`: since then the plan does not have the measure in this year any more; what was written
    is kept to be read, and stands in no list, matrix, workbook or report.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="sheets")
    measure = models.CharField(max_length=22)
    division = models.CharField(max_length=50)
    partners = models.JSONField(default=list)
    order = models.PositiveSmallIntegerField()
    plan_state = models.CharField(max_length=10, choices=STATES, default="draft")
    check_state = models.CharField(max_length=10, choices=STATES, default="draft")

    planned = models.TextField(blank=True)
    q1_plan = models.TextField(blank=True)
    q2_plan = models.TextField(blank=True)
    q3_plan = models.TextField(blank=True)
    q4_plan = models.TextField(blank=True)
    budget = models.BigIntegerField(null=True)
    budget_item = models.CharField(max_length=200, blank=True)
    legal_basis = models.CharField(max_length=200, blank=True)
    way = models.CharField(max_length=12, blank=True)
    criteria = models.TextField(blank=True)

    q1_note = models.TextField(blank=True)
    q2_note = models.TextField(blank=True)
    q3_note = models.TextField(blank=True)
    q4_note = models.TextField(blank=True)

    done = models.TextField(blank=True)
    settled = models.BigIntegerField(null=True)
    from_state = models.BigIntegerField(null=True)
    from_tokyo = models.BigIntegerField(null=True)
    from_bonds = models.BigIntegerField(null=True)
    from_others = models.BigIntegerField(null=True)
    staff_years = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    fitness = models.CharField(max_length=1, blank=True)
    effect = models.CharField(max_length=1, blank=True)
    efficiency = models.CharField(max_length=1, blank=True)
    grade = models.CharField(max_length=1, blank=True)
    comment = models.TextField(blank=True)
    missing_reason = models.TextField(blank=True)
    next_planned = models.TextField(blank=True)
    laid_aside_at = models.DateTimeField(null=True)

    objects = StandingSheets()
    every = models.Manager["Sheet"]()

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "measure"], name="cycle_one_sheet_a_measure")
        ]

    def __str__(self) -> str:
        return f"{self.cycle}: {self.measure}"


class QuarterFigure(models.Model):
    """What an indicator that is not metered had reached by the end of a quarter, as the division typed it.

    A note during the year; the year's result itself is the plan engine's figure.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="quarter_figures")
    indicator = models.CharField(max_length=22)
    quarter = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=19, decimal_places=4)

    class Meta:
        ordering: ClassVar = ["indicator", "quarter"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["sheet", "indicator", "quarter"], name="cycle_one_figure_a_quarter"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.quarter}: {self.value}"


class Change(models.Model):
    """One field of a sheet that was changed: what stood there, what stands there now. As texts, "" for none.

    `field` is a name of rules/fields.py, or "<indicator's public id>.q1" for a quarter's figure. `way` is
    screen, workbook or carried (from the year before).
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="changes")
    field = models.CharField(max_length=40)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    way = models.CharField(max_length=10)
    made_at = models.DateTimeField()
    actor = models.CharField(max_length=22, blank=True)
    division = models.CharField(max_length=50, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.field


class Opinion(models.Model):
    """An opinion of the committee on a measure, or on the whole year (`sheet` None), and the city's answer.

    A changed opinion is a new row that names the one it replaces.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="opinions")
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, null=True, related_name="opinions")
    text = models.TextField()
    made_at = models.DateTimeField()
    actor = models.CharField(max_length=22)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=22, blank=True)
    replaced_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaces"
    )
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["made_at", "id"]

    def __str__(self) -> str:
        return self.public_id
