"""Tables of the work behind the pages: jobs, days of daily jobs, workers and their tickers."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy

from tsunagari.kernel.ids import new_public_id
from tsunagari.kernel.jobs.rules import LEASE


class State(models.TextChoices):
    """Where a job stands."""

    WAITING = "waiting", gettext_lazy("待っています")
    RUNNING = "running", gettext_lazy("実行中")
    DONE = "done", gettext_lazy("終わりました")
    DEAD = "dead", gettext_lazy("止まっています")
    WITHDRAWN = "withdrawn", gettext_lazy("取り下げました")


class Job(models.Model):
    """One call of a task, to be run at least once. Its arguments carry public ids, no personal data."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    task = models.CharField(max_length=200)
    args = models.JSONField(default=list)
    kwargs = models.JSONField(default=dict)
    queue = models.CharField(max_length=40, default="default")
    priority = models.SmallIntegerField(default=0)
    key = models.CharField(max_length=200, default="")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    run_after = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=5)
    claims = models.PositiveIntegerField(default=0)
    worker = models.CharField(max_length=22, default="")
    lease_seconds = models.PositiveIntegerField(default=int(LEASE.total_seconds()))
    lease_until = models.DateTimeField(null=True)
    error_class = models.CharField(max_length=200, default="")
    error_place = models.TextField(default="")
    result = models.JSONField(null=True)
    enqueued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = gettext_lazy("裏方の仕事")
        constraints: ClassVar = [
            models.UniqueConstraint(
                "task", "key", condition=~models.Q(key=""), name="jobs_one_per_key"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                models.F("priority").desc(),
                "run_after",
                "id",
                condition=models.Q(state="waiting"),
                name="jobs_next",
            ),
            models.Index("lease_until", condition=models.Q(state="running"), name="jobs_leases"),
            models.Index("state", models.F("id").desc(), name="jobs_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.public_id}"


class DailyRun(models.Model):
    """The last Japan day for which a daily job was enqueued."""

    task = models.CharField(max_length=200, unique=True)
    last_day = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.task} {self.last_day}"


class Worker(models.Model):
    """A worker process and its last sign of life. `host` and `pid` say where it runs."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    host = models.CharField(max_length=100)
    pid = models.PositiveIntegerField()
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.host}:{self.pid}"


class TickerState(models.Model):
    """How a ticker fares in one worker: its last good run and its last error."""

    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="tickers")
    name = models.CharField(max_length=200)
    last_ok_at = models.DateTimeField(null=True)
    last_error_at = models.DateTimeField(null=True)
    error_class = models.CharField(max_length=200, default="")
    error_place = models.TextField(default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("worker", "name", name="jobs_ticker_once_per_worker"),
        ]

    def __str__(self) -> str:
        return self.name
