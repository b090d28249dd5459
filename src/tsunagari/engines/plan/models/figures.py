"""Indicators with their targets and values, the series they form, and the evidence behind a value."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tsunagari.engines.plan.models.measures import Measure
from tsunagari.kernel.ids import new_public_id


class Series(models.Model):
    """One line over several plans: the indicators that say the same thing, with a mark where they do not."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    told = models.JSONField(default=dict, editable=False)

    def __str__(self) -> str:
        return self.name


class Indicator(models.Model):
    """What is measured: name and unit as in the plan, and how figures add up and are judged.

    `factor` turns a quotient into the unit: 100 for %. `phase` is "build" while the means are being made
    (done or not) and "use" afterwards (third plan 3.4(2)). `to_set_year` is the fiscal year in which the
    plan promises to set an indicator that it does not have yet; `target_open` is its 検討 for a target.
    `baseline_words` and `target_words` are the source's own words. `series` joins indicators of several
    plans into one line; `definition_note` says what changed against the one before, "" for nothing.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    measure = models.ForeignKey(Measure, on_delete=models.CASCADE, related_name="indicators")
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=20, blank=True)
    digits = models.PositiveSmallIntegerField(default=0)
    accumulate = models.CharField(max_length=10)
    direction = models.CharField(max_length=10)
    factor = models.PositiveSmallIntegerField(default=1)
    phase = models.CharField(max_length=10, default="use")
    to_set_year = models.PositiveSmallIntegerField(null=True)
    target_open = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    baseline_words = models.CharField(max_length=200, blank=True)
    target_words = models.CharField(max_length=200, blank=True)
    series = models.ForeignKey(
        Series, on_delete=models.PROTECT, null=True, related_name="indicators"
    )
    definition_note = models.CharField(max_length=300, blank=True)
    meter = models.CharField(max_length=100, blank=True)
    low = models.DecimalField(max_digits=19, decimal_places=4, null=True)
    high = models.DecimalField(max_digits=19, decimal_places=4, null=True)
    baseline_year = models.PositiveSmallIntegerField(null=True)
    order = models.PositiveSmallIntegerField()
    told = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["measure", "order"], name="plan_one_indicator_a_place")
        ]

    def __str__(self) -> str:
        return self.name


class Target(models.Model):
    """What a fiscal year's figure is to be. A changed target is a new row; the old one is kept.

    `basis` says how the plan gives it: absolute, points (baseline + `change`) or percent (baseline raised
    by `change` per cent); `value` is the figure that follows. Both parts of a ratio where they are given.
    `ended_reason` and `ended_by` say why and by whom it was taken away with nothing in its place.
    """

    BASES: ClassVar = [("absolute", "absolute"), ("points", "points"), ("percent", "percent")]

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="targets")
    fiscal_year = models.PositiveSmallIntegerField()
    value = models.DecimalField(max_digits=19, decimal_places=4)
    basis = models.CharField(max_length=10, choices=BASES, default="absolute")
    change = models.DecimalField(max_digits=19, decimal_places=4, null=True)
    numerator = models.DecimalField(max_digits=19, decimal_places=4, null=True)
    denominator = models.DecimalField(max_digits=19, decimal_places=4, null=True)
    reason = models.CharField(max_length=300, blank=True)
    actor = models.CharField(max_length=22, blank=True)
    from_pack = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    ended_reason = models.CharField(max_length=300, blank=True)
    ended_by = models.CharField(max_length=22, blank=True)
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
    actor = models.CharField(max_length=22, blank=True)
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


class Evidence(models.Model):
    """What stands behind a value that was entered: a file kept apart and sealed, an address, or both.

    `stored` is the file's random name in the store. `public` shows it to residents too. Evidence that
    was given by mistake is withdrawn: file and address go, the title stays with the reason.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    value = models.ForeignKey(Value, on_delete=models.CASCADE, related_name="evidence")
    title = models.CharField(max_length=200)
    address = models.URLField(max_length=500, blank=True)
    stored = models.CharField(max_length=100, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    public = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    actor = models.CharField(max_length=22, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)
    withdrawn_by = models.CharField(max_length=22, blank=True)

    class Meta:
        ordering: ClassVar = ["added_at", "id"]

    def __str__(self) -> str:
        return self.title
