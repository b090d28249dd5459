"""Keep decision: what a person decided about a job stands in the ledger.

Jobs stand below the ledger and cannot record; they tell (jobs.declare.on_decision), in the transaction
of the decision.
"""

from tsunagari.kernel.jobs.declare import Decision
from tsunagari.kernel.ledger.actions.record import record
from tsunagari.kernel.ledger.declare import JobRetried, JobWithdrawn


def keep_decision(decision: Decision) -> None:
    """Record who retried or withdrew which job."""
    kind = JobRetried if decision.verb == "retry" else JobWithdrawn
    record(kind(subject=decision.job, actor=decision.actor, task=decision.task))
