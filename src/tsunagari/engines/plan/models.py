"""Plans, their measures, stages, indicators, targets and values. Figures are superseded, never overwritten.

Texts are kept in Japanese; other languages stand in kernel/i18n's translation rows. Years are fiscal
years, named by the calendar year in which they begin.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tsunagari.kernel.ids import new_public_id


class Plan(models.Model):
    """A policy or plan of several fiscal years. `letter` is how measures are quoted: P/2.

    `labels` holds what the plan calls its columns (所管課 or 担当課 …), by column and language; they
    are read with every page and never alone, so they are no table.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    letter = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    idea = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300)
    list_name = models.CharField(max_length=100)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    labels = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(first_year__lte=F("last_year")), name="plan_begins_before_it_ends"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Section(models.Model):
    """A list or field in which a plan sets out its measures, in the plan's order."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sections")
    code = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "code"], name="plan_one_section_a_code")
        ]

    def __str__(self) -> str:
        return self.name


class Measure(models.Model):
    """A measure (重点取組, 施策). Divisions are codes in the source's order; `and_others` is 関係各課."""

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
    note = models.TextField(blank=True)
    mended = models.TextField(blank=True)
    managed_in = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField()

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


class Indicator(models.Model):
    """What is measured: name and unit as in the plan, and how figures add up and are judged."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="indicators")
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=20)
    digits = models.PositiveSmallIntegerField(default=0)
    accumulate = models.CharField(max_length=10)
    direction = models.CharField(max_length=10)
    meter = models.CharField(max_length=100, blank=True)
    low = models.DecimalField(max_digits=19, decimal_places=4, null=True)
    high = models.DecimalField(max_digits=19, decimal_places=4, null=True)
    baseline_year = models.PositiveSmallIntegerField(null=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measure", "order"], name="plan_one_indicator_a_place")
        ]

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """What a fiscal year's figure is to be. A changed target is a new row; the old one is kept."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    fiscal_year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=19, decimal_places=4)
    from_pack = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    superseded_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="supersedes"
    )

    class Meta:
        ordering: ClassVar = ["fiscal_year", "set_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "fiscal_year"],
                condition=Q(superseded_at__isnull=True),
                name="plan_one_standing_target_a_year",
            )
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}: {self.value}"


class Value(models.Model):
    """A result of a fiscal year, or of one month (1 to 12). A changed value is a new row.

    `numerator` and `denominator` stand behind a ratio. None is "not known", never zero.
    """

    ORIGINS: ClassVar = [
        ("metered", "metered"),
        ("typed", "typed"),
        ("loaded", "loaded"),
        ("estimated", "estimated"),
    ]
    STATES: ClassVar = [
        ("provisional", "provisional"),
        ("final", "final"),
        ("revised", "revised"),
    ]

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="values")
    fiscal_year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField(null=True)
    value = models.DecimalField(max_digits=19, decimal_places=4, null=True)
    numerator = models.DecimalField(max_digits=19, decimal_places=4, null=True)
    denominator = models.DecimalField(max_digits=19, decimal_places=4, null=True)
    origin = models.CharField(max_length=10, choices=ORIGINS)
    status = models.CharField(max_length=12, choices=STATES)
    source = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    from_pack = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)
    superseded_by = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="supersedes"
    )

    class Meta:
        ordering: ClassVar = ["fiscal_year", "month", "recorded_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["indicator", "fiscal_year", "month"],
                condition=Q(superseded_at__isnull=True) & Q(month__isnull=False),
                name="plan_one_standing_value_a_month",
            ),
            models.UniqueConstraint(
                fields=["indicator", "fiscal_year"],
                condition=Q(superseded_at__isnull=True) & Q(month__isnull=True),
                name="plan_one_standing_value_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fiscal_year}: {self.value}"
