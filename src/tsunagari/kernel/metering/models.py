"""Tables of metering: roll-ups, batches of views, gauges and loaded figures."""

from django.db import models
from django.db.models import Q

from tsunagari.kernel.ids import new_public_id


class Began(models.Model):
    """When this installation began to count a meter."""

    meter = models.CharField(max_length=100, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "began"

    def __str__(self) -> str:
        return f"{self.meter} since {self.at:%Y-%m-%d}"


class Rollup(models.Model):
    """The count of one meter in one period and slice. `start` is the period's first moment."""

    id = models.BigAutoField(primary_key=True)
    meter = models.CharField(max_length=100)
    grain = models.CharField(max_length=11)
    start = models.DateTimeField()
    slice = models.CharField(max_length=400, blank=True)
    total = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meter", "grain", "start", "slice"], name="metering_rollup_once"
            )
        ]
        indexes = [
            models.Index(fields=["meter", "grain", "slice", "start"], name="metering_rollup_series")
        ]

    def __str__(self) -> str:
        return f"{self.meter} {self.grain} {self.start:%Y-%m-%d %H} {self.slice}: {self.total}"


_ONE_ROW_A_FLUSH = [
    "process",
    "sequence",
    "hour",
    "service",
    "page",
    "language",
    "division",
    "subject",
]


class ViewBatch(models.Model):
    """Views that one process counted between two flushes. Never changed, so sums can be made anew.

    (process, sequence) names a flush; each of its rows has hour, dimensions and count. `division` answers for
    what was seen and `subject` is its public id, where the room tells such things apart.
    """

    id = models.BigAutoField(primary_key=True)
    process = models.CharField(max_length=22)
    sequence = models.BigIntegerField()
    hour = models.DateTimeField()
    service = models.CharField(max_length=50)
    page = models.CharField(max_length=100)
    language = models.CharField(max_length=10)
    division = models.CharField(max_length=50, blank=True)
    subject = models.CharField(max_length=22, blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "view batches"
        constraints = [
            models.UniqueConstraint(
                fields=_ONE_ROW_A_FLUSH,
                name="metering_view_batch_once",
            )
        ]
        indexes = [models.Index(fields=["hour"], name="metering_view_batch_hour")]

    def __str__(self) -> str:
        return f"{self.count} views of {self.service}/{self.page}"


class PendingViews(models.Model):
    """A batch that no sum holds yet; removed in the transaction that adds it up."""

    batch = models.OneToOneField(ViewBatch, on_delete=models.CASCADE, primary_key=True)

    class Meta:
        verbose_name_plural = "pending views"

    def __str__(self) -> str:
        return str(self.batch_id)


class Reached(models.Model):
    """Up to which moment page views and events have been added up."""

    source = models.CharField(max_length=20, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "reached"

    def __str__(self) -> str:
        return f"{self.source} up to {self.at:%Y-%m-%d %H:%M}"


class GaugeValue(models.Model):
    """A gauge's value on one day in Japan: the last reading of the day stands."""

    id = models.BigAutoField(primary_key=True)
    meter = models.CharField(max_length=100)
    day = models.DateField()
    slice = models.CharField(max_length=400, blank=True)
    value = models.BigIntegerField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meter", "day", "slice"], name="metering_gauge_value_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.meter} {self.day}: {self.value}"


class Loading(models.Model):
    """One file or message of figures that was taken in, and who gave it."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    meter = models.CharField(max_length=100)
    content = models.CharField(max_length=64)
    name = models.CharField(max_length=200, blank=True)
    way = models.CharField(max_length=10)
    actor = models.CharField(max_length=22)
    division = models.CharField(max_length=50)
    loaded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["meter", "content"], name="metering_loading_content")]

    def __str__(self) -> str:
        return f"{self.meter} {self.loaded_at:%Y-%m-%d %H:%M}"


class LoadedFigure(models.Model):
    """A month's figure from outside. A newer one supersedes it; none is overwritten."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    meter = models.CharField(max_length=100)
    month = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4)
    note = models.CharField(max_length=200, blank=True)
    loading = models.ForeignKey(Loading, on_delete=models.PROTECT, related_name="figures")
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meter", "month"],
                condition=Q(superseded_at__isnull=True),
                name="metering_loaded_figure_one_current",
            )
        ]

    def __str__(self) -> str:
        return f"{self.meter} {self.month:%Y-%m}: {self.value}"


class Recount(models.Model):
    """What counting a meter anew found over some whole days. A newer one supersedes it.

    `held` is what the sums of these days stand for, `counted` what was counted in them, `compared` how
    many sums of every grain and slice were laid beside each other and `differing` how many of them did
    not agree.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    meter = models.CharField(max_length=100)
    checked_at = models.DateTimeField()
    first_day = models.DateField()
    last_day = models.DateField()
    compared = models.PositiveIntegerField()
    differing = models.PositiveIntegerField()
    held = models.BigIntegerField()
    counted = models.BigIntegerField()
    mending_asked_at = models.DateTimeField(null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meter"],
                condition=Q(superseded_at__isnull=True),
                name="metering_recount_one_current",
            )
        ]
        indexes = [models.Index(fields=["meter", "checked_at"], name="metering_recount_checked")]

    def __str__(self) -> str:
        return f"{self.meter} {self.first_day} to {self.last_day}: {self.differing} differ"


class RecountDifference(models.Model):
    """One of the first sums that a recount found to differ."""

    recount = models.ForeignKey(Recount, on_delete=models.CASCADE, related_name="differences")
    grain = models.CharField(max_length=11)
    start = models.DateTimeField()
    slice = models.CharField(max_length=400, blank=True)
    held = models.BigIntegerField()
    counted = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recount", "grain", "start", "slice"],
                name="metering_recount_difference_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.grain} {self.start:%Y-%m-%d %H}: {self.held} for {self.counted}"
