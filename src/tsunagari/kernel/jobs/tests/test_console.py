"""The screen 裏方の仕事: what needs a person, for those whose role lets them look and decide."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries, Settings

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.tabular import read_table
from tsunagari.kernel.jobs.actions.sign_on import sign_on
from tsunagari.kernel.jobs.models import Job, State, TickerState
from tsunagari.kernel.jobs.tests import samples

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def console_alone(settings: Settings) -> None:
    """The entrance with its second factor is tried in identity; here is only the screen."""
    settings.ROOT_URLCONF = "tsunagari.city.urls_staff"
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    settings.MIDDLEWARE = [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ]


def clerk(client: Client, *permissions: str) -> Client:
    """A clerk who may open the console, with these permissions on jobs."""
    user: Any = get_user_model()(kind="staff", login_name="clerk", name="青木")
    user.save()
    wanted = ["access_admin", *permissions]
    user.user_permissions.set(Permission.objects.filter(codename__in=wanted))
    client.force_login(user)
    return client


def a_dead_job() -> Job:
    samples.break_down.enqueue(secret="x")
    Job.objects.filter(state=State.WAITING).update(
        state=State.DEAD,
        attempts=2,
        error_class="builtins.LookupError",
        error_place="a.py:1 f",
        finished_at=system_clock(),
    )
    return Job.objects.latest("id")


def test_a_clerk_without_the_permission_sees_neither_screen_nor_menu(client: Client) -> None:
    clerk(client)
    assert (
        client.get("/console/jobs/", headers={"x-requested-with": "XMLHttpRequest"}).status_code
        == 403
    )
    assert "/console/jobs/" not in client.get("/console/").text
    assert (
        client.post(
            "/console/jobs/retry/", headers={"x-requested-with": "XMLHttpRequest"}
        ).status_code
        == 403
    )


def test_one_who_may_look_but_not_decide_finds_no_button(client: Client) -> None:
    job = a_dead_job()
    clerk(client, "view_job")
    page = client.get("/console/jobs/").text
    assert job.public_id in page
    assert "もう一度実行する</button>" not in page
    client.post("/console/jobs/retry/", {"job": job.public_id})
    assert Job.objects.get().state == State.DEAD


def test_a_dead_job_is_run_again_at_a_press_of_the_button(client: Client) -> None:
    job = a_dead_job()
    clerk(client, "view_job", "change_job")
    page = client.get("/console/jobs/").text
    assert "builtins.LookupError" in page
    assert "a.py:1 f" in page
    answer = client.post(
        "/console/jobs/retry/", {"job": job.public_id, "state": "dead"}, follow=True
    )
    assert "1件をもう一度実行します。" in answer.text
    assert (Job.objects.get().state, Job.objects.get().attempts) == (State.WAITING, 0)


def test_a_waiting_job_is_withdrawn_and_one_that_runs_meanwhile_is_left(client: Client) -> None:
    for _ in range(2):
        samples.plain.enqueue()
    waiting, runs = Job.objects.order_by("id")
    Job.objects.filter(pk=runs.pk).update(state=State.RUNNING)
    clerk(client, "view_job", "change_job")
    chosen = {"job": [waiting.public_id, runs.public_id], "state": "waiting"}
    answer = client.post("/console/jobs/withdraw/", chosen, follow=True)
    assert "1件を取り下げました。" in answer.text
    assert "その間に状態が変わったため" in answer.text
    assert Job.objects.get(pk=runs.pk).state == State.RUNNING


def test_nothing_chosen_says_what_to_do(client: Client) -> None:
    clerk(client, "view_job", "change_job")
    assert (
        "仕事が選ばれていません"
        in client.post("/console/jobs/retry/", {"state": "dead"}, follow=True).text
    )


def test_an_id_that_no_job_can_have_is_as_good_as_none(client: Client) -> None:
    clerk(client, "view_job", "change_job")
    answer = client.post("/console/jobs/retry/", {"job": "\0", "state": "dead"}, follow=True)
    assert "仕事が選ばれていません" in answer.text


def test_the_start_page_says_when_no_worker_lives_and_is_silent_when_one_does(
    client: Client,
) -> None:
    clerk(client, "view_job")
    sentence = "集計と配信を行うプロセスが動いていません"
    assert sentence in client.get("/console/").text
    assert sentence in client.get("/console/jobs/").text
    worker = sign_on(host="machine", pid=1, now=system_clock())
    assert sentence not in client.get("/console/").text
    assert "1個のプロセスが動いています" in client.get("/console/jobs/").text
    worker.beat_at -= timedelta(minutes=1)
    worker.save()
    assert "（machine）です" in client.get("/console/jobs/").text
    assert sentence in client.get("/console/").text


def test_dead_jobs_wait_for_a_person_on_the_start_page(client: Client) -> None:
    sign_on(host="machine", pid=1, now=system_clock())
    a_dead_job()
    assert "止まっている仕事が1件あります" in clerk(client, "view_job").get("/console/").text


def test_a_ticker_that_keeps_failing_is_told(client: Client) -> None:
    worker = sign_on(host="machine", pid=1, now=system_clock())
    TickerState.objects.create(
        worker=worker, name="tsunagari.x.tasks.tick", last_error_at=system_clock(), error_class="E"
    )
    clerk(client, "view_job")
    page = client.get("/console/jobs/").text
    assert "失敗が続いています" in page
    assert "x: tick" in page


def test_jobs_are_searched_paged_and_taken_away_as_csv(client: Client) -> None:
    for _ in range(60):
        samples.plain.enqueue()
    wanted = samples.urgent.enqueue()
    clerk(client, "view_job")
    assert "1 / 2" in client.get("/console/jobs/?state=waiting").text
    found = client.get("/console/jobs/", {"state": "waiting", "q": "urgent"}).text
    assert re.findall(r'jobs-id">([\w-]+)<', found) == [wanted.id]
    assert "言葉を短くするか" in client.get("/console/jobs/", {"q": "zzz"}).text
    table = read_table(client.get("/console/jobs/?state=waiting&export=csv").content)
    assert len(table.rows) == 61
    assert table.rows[0].text("番号") == wanted.id


def test_the_screen_costs_as_many_queries_for_fifty_jobs_as_for_one(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    clerk(client, "view_job", "change_job")
    client.get("/console/jobs/")
    for _ in range(50):
        samples.plain.enqueue()
    with django_assert_max_num_queries(20):
        client.get("/console/jobs/?state=waiting")


def test_the_screen_speaks_english(client: Client) -> None:
    a_dead_job()
    clerk(client, "view_job", "change_job")
    with override("en"):
        page = client.get("/console/jobs/").text
    assert "Run again" in page
    assert "The process that counts and delivers is not running" in page
