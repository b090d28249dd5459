"""Who lets a job run again or withdraws it stands in the audit, or it does not happen."""

from typing import Any

import pytest
from django.test import Client
from django_tasks import TaskResultStatus

from tsunagari.kernel.jobs import declare as jobs
from tsunagari.kernel.ledger import api
from tsunagari.kernel.ledger.actions.keep_decision import keep_decision
from tsunagari.kernel.ledger.tasks import retain_ledger

pytestmark = pytest.mark.django_db


def _decide(client: Client, verb: str, job: str) -> None:
    client.post(f"/console/jobs/{verb}/", {"job": job})


def _withdrawn(job: str) -> bool:
    return retain_ledger.get_result(job).status == TaskResultStatus.FAILED


def test_the_audit_says_who_withdrew_and_who_retried_which_job(
    secretariat: Any, secretariat_client: Client
) -> None:
    job = retain_ledger.enqueue().id
    for verb, name, title in (
        ("withdraw", "ledger.job_withdrawn", "仕事の取り下げ"),
        ("retry", "ledger.job_retried", "止まった仕事のやり直し"),
    ):
        _decide(secretariat_client, verb, job)
        (kept,) = api.happened(name)
        assert (kept.actor, kept.subject) == (secretariat.public_id, job)
        api.sequence()
        page = secretariat_client.get("/console/audit/", {"name": name}).content.decode()
        assert f"<strong>{title}</strong>" in page
        assert "仕事：保存期間の終わった記録の削除" in page


def test_a_decision_that_changes_nothing_is_no_event(secretariat_client: Client) -> None:
    _decide(secretariat_client, "retry", retain_ledger.enqueue().id)  # it waits: nothing to retry
    _decide(secretariat_client, "withdraw", "nosuchjob")
    assert not [kept for kept in api.happened() if kept.name.startswith("ledger.job")]


def test_a_decision_that_cannot_be_kept_is_not_carried_out(secretariat_client: Client) -> None:
    def refuse(_decision: jobs.Decision) -> None:
        raise api.Refused("the ledger cannot take it")

    job = retain_ledger.enqueue().id
    jobs.HEARERS.append(refuse)
    try:
        with pytest.raises(api.Refused):
            _decide(secretariat_client, "withdraw", job)
    finally:
        jobs.HEARERS.remove(refuse)
    assert not _withdrawn(job)
    assert api.happened("ledger.job_withdrawn") == []
    _decide(secretariat_client, "withdraw", job)
    assert _withdrawn(job)


def test_the_ledger_hears_once_however_often_it_starts() -> None:
    jobs.on_decision(keep_decision)
    assert jobs.HEARERS.count(keep_decision) == 1
