"""Tell: what a person decided about a job, to those above who keep it."""

from typing import Literal

from tsunagari.kernel.jobs.declare import HEARERS, Decision
from tsunagari.kernel.jobs.models import Job


def tell(verb: Literal["retry", "withdraw"], *, public_id: str, actor: str) -> None:
    """Call every hearer. Runs in the decision's transaction: what a hearer raises undoes the decision."""
    task = Job.objects.values_list("task", flat=True).get(public_id=public_id)
    decision = Decision(verb=verb, job=public_id, task=task, actor=actor)
    for hearer in HEARERS:
        hearer(decision)
