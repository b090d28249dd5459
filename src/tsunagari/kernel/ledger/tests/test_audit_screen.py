"""The audit screen: for those who may look, searched, and with what listeners could not take."""

from typing import Any

import pytest
from django.test import Client

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.ledger import api, queries
from tsunagari.kernel.ledger.actions.hear import ATTEMPTS, hear
from tsunagari.kernel.ledger.actions.hear_again import hear_again
from tsunagari.kernel.ledger.actions.sequence import sequence
from tsunagari.kernel.ledger.declare import Listener, Recorded
from tsunagari.kernel.ledger.models import Unheard
from tsunagari.kernel.ledger.tests.happenings import plant

pytestmark = pytest.mark.django_db
ADDRESS = "/console/audit/"


def test_the_secretariat_searches_what_happened(secretariat_client: Client) -> None:
    plant(kind="oak", watered=True)
    sequence()
    page = secretariat_client.get(ADDRESS, {"name": "test.planted"}).content.decode()
    assert "木の種類：ナラ" in page
    assert "水やり：した" in page
    empty = secretariat_client.get(ADDRESS, {"until": "令和元年5月1日"}).content.decode()
    assert "この条件の記録はありません" in empty


def test_a_day_that_cannot_be_read_is_said_in_a_sentence(secretariat_client: Client) -> None:
    page = secretariat_client.get(ADDRESS, {"since": "いつか"}).content.decode()
    assert 'role="alert"' in page


def test_the_records_as_a_file(secretariat_client: Client) -> None:
    plant(kind="oak")
    sequence()
    answer = secretariat_client.get(ADDRESS, {"export": "csv"})
    assert "木の種類：ナラ、植えた本数：1" in b"".join(answer).decode("utf-8-sig")


def test_who_reads_the_audit_is_in_the_audit(secretariat: Any, secretariat_client: Client) -> None:
    secretariat_client.get(ADDRESS, {"person": secretariat.public_id})
    secretariat_client.get(ADDRESS, {"person": "西東京花子", "export": "csv"})
    first, second = api.happened("ledger.audit_looked")
    assert first.actor == secretariat.public_id
    assert (first.data["about"], first.data["exported"]) == (secretariat.public_id, False)
    assert (second.data["about"], second.data["exported"]) == ("", True)


def test_a_page_number_in_the_address_hides_no_look(secretariat_client: Client) -> None:
    secretariat_client.get(ADDRESS, {"p": "1", "export": "csv"})
    (looked,) = api.happened("ledger.audit_looked")
    assert looked.data["exported"] is True


def test_a_clerk_without_the_right_is_refused(clerk_client: Client) -> None:
    assert clerk_client.get(ADDRESS).status_code in (302, 403)
    assert "監査記録" not in clerk_client.get("/console/").content.decode()


class _Ear:
    def __init__(self) -> None:
        self.deaf = True

    def __call__(self, _event: Recorded) -> None:
        if self.deaf:
            raise ConnectionError


def test_an_administrator_hands_over_again_what_was_set_aside(
    administrator_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ear = _Ear()
    listener = Listener(id="ear", to=("test.planted",), hear=ear)
    monkeypatch.setitem(queries.LISTENERS, "ear", listener)
    plant()
    sequence()
    for _ in range(ATTEMPTS):
        hear(listener)
        Unheard.objects.update(next_attempt_at="2026-01-01T00:00:00Z")
    assert "受け取られなかった出来事が1件あります" in administrator_client.get("/console/").content.decode()  # fmt: skip
    note = Unheard.objects.get()
    answer = administrator_client.post(f"{ADDRESS}again/", {"unheard": note.pk}, follow=True)
    assert "まだ受け取れないものがあります" in answer.content.decode()
    ear.deaf = False
    answer = administrator_client.post(f"{ADDRESS}again/", {"unheard": note.pk}, follow=True)
    assert "1件を渡しました" in answer.content.decode()
    assert not Unheard.objects.exists()
    assert api.lag().behind["listener:ear"] == 0


def test_what_was_never_set_aside_cannot_be_handed_over() -> None:
    assert hear_again(unheard=12345, clock=system_clock) is False


def test_a_day_at_the_beginning_of_the_calendar_and_odd_digits_break_nothing(
    secretariat_client: Client, administrator_client: Client
) -> None:
    assert secretariat_client.get(ADDRESS, {"since": "0001-01-01"}).status_code == 200
    answer = administrator_client.post(f"{ADDRESS}again/", {"unheard": "²"})
    assert answer.status_code == 302
