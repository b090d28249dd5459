"""Measures with their stages, their yearly actions, and what grew from what."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tsunagari.engines.plan.models.plans import Plan, Section
from tsunagari.kernel.ids import new_public_id


class Measure(models.Model):
    """A measure (重点取組, 施策). Divisions are codes in the source's order; `and_others` is 関係各課.

    `viewpoints` are codes of the plan's viewpoints. `from_year` and `until_year` are its first and last
    fiscal year where these are not the plan's own; `until_reason` says why it ends. `version` grows with
    every edit of the measure, its stages or its indicators: whoever saves names the version she saw.
    """

    KINDS: ClassVar = [
        ("indicator", "indicator"),
        ("as_needed", "as_needed"),
        ("elsewhere", "elsewhere"),
        ("staged", "staged"),
    ]

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="measures")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="measures")
    number = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=KINDS)
    divisions = models.JSONField(default=list)
    and_others = models.BooleanField(default=False)
    purpose = models.TextField(blank=True)
    outline = models.TextField(blank=True)
    viewpoints = models.JSONField(default=list)
    note = models.TextField(blank=True)
    mended = models.TextField(blank=True)
    managed_in = models.CharField(max_length=200, blank=True)
    from_year = models.PositiveSmallIntegerField(null=True)
    until_year = models.PositiveSmallIntegerField(null=True)
    until_reason = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField()
    told = models.JSONField(default=dict, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_one_measure_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Stage(models.Model):
    """Words of a stage and the years they cover. A first or last year the source does not show is None."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="stages")
    column = models.PositiveSmallIntegerField()
    first_year = models.PositiveSmallIntegerField(null=True)
    last_year = models.PositiveSmallIntegerField(null=True)
    word = models.CharField(max_length=20)
    text = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField()
    told = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measure", "order"], name="plan_one_stage_a_place")
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def certain(self) -> bool:
        """Whether both ends of the span are known."""
        return self.first_year is not None and self.last_year is not None


class Lineage(models.Model):
    """A measure that grew from another, in the next year or the next plan; many to many.

    kind: continued, renamed, merged (several into one), split (one into several). `note` says who
    reads it so, where the source itself does not.
    """

    KINDS: ClassVar = [
        ("continued", "continued"),
        ("renamed", "renamed"),
        ("merged", "merged"),
        ("split", "split"),
    ]

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    origin = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="heirs")
    heir = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="origins")
    kind = models.CharField(max_length=12, choices=KINDS)
    note = models.CharField(max_length=300, blank=True)
    told = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering: ClassVar = ["origin__order", "heir__order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["origin", "heir"], name="plan_one_way_between_two"),
            models.CheckConstraint(
                condition=~Q(origin=F("heir")), name="plan_nothing_grows_from_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.origin} → {self.heir}"


class ActionPlan(models.Model):
    """The action plan of one fiscal year: the lower tier of a policy (policy 1: 対象期間は1年)."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="action_plans")
    fiscal_year = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    told = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering: ClassVar = ["fiscal_year"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "fiscal_year"], name="plan_one_action_plan_a_year"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Action(models.Model):
    """What an action plan says of one measure: what will be done, and afterwards what was done."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    action_plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="actions")
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="actions")
    planned = models.TextField(blank=True)
    done = models.TextField(blank=True)
    told = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering: ClassVar = ["action_plan__fiscal_year", "measure__order"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["action_plan", "measure"], name="plan_one_action_a_measure_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.action_plan}: {self.measure}"
