"""What the console and the worker ask about jobs, workers and tickers."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from tsunagari.kernel.jobs.models import Job, State, TickerState, Worker
from tsunagari.kernel.jobs.rules import ALIVE


def job_by_public_id(public_id: str) -> Job | None:
    """The job that bears this public id."""
    return Job.objects.filter(public_id=public_id).first()


def counts_by_state(*states: str) -> dict[str, int]:
    """How many jobs stand in each state, or in those named; a state without jobs is missing."""
    jobs = Job.objects.filter(state__in=states) if states else Job.objects.all()
    return dict(jobs.values_list("state").annotate(Count("pk")))


def due_since(now: datetime) -> datetime | None:
    """Since when the longest waiting job that is due could have run; None when none is due."""
    due = Job.objects.filter(state=State.WAITING, run_after__lte=now)
    return due.order_by("run_after").values_list("run_after", flat=True).first()


def jobs_in(state: str, words: str = "") -> QuerySet[Job]:
    """Jobs of one state whose task, public id or error holds `words`: waiting ones by their time, others latest first."""
    found = Job.objects.filter(state=state)
    if words:
        found = found.filter(
            Q(task__icontains=words) | Q(public_id=words) | Q(error_class__icontains=words)
        )
    return (
        found.order_by("-priority", "run_after", "id")
        if state == State.WAITING
        else found.order_by("-id")
    )


def live_workers(now: datetime) -> QuerySet[Worker]:
    """Workers that gave a sign of life lately and did not say goodbye."""
    return Worker.objects.filter(stopped_at__isnull=True, beat_at__gte=now - ALIVE).order_by(
        "started_at"
    )


def last_worker() -> Worker | None:
    """The worker whose sign of life is the latest, living or not."""
    return Worker.objects.order_by("-beat_at").first()


def ticker_states(now: datetime) -> QuerySet[TickerState]:
    """How the tickers of the living workers fare."""
    return (
        TickerState.objects.filter(worker__in=live_workers(now))
        .select_related("worker")
        .order_by("name")
    )
