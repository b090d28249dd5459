"""What may be recorded, and that an event shares the fate of its change."""

from dataclasses import dataclass

import pytest
from django.db import transaction

from tsunagari.kernel.ids import new_public_id
from tsunagari.kernel.ledger.actions.record import record
from tsunagari.kernel.ledger.declare import Event
from tsunagari.kernel.ledger.models import Arrival
from tsunagari.kernel.ledger.rules import Refused
from tsunagari.kernel.ledger.tests.happenings import Planted, plant


@pytest.mark.django_db
def test_an_event_is_gone_when_its_change_is_undone() -> None:
    def change() -> None:
        with transaction.atomic():
            plant()
            raise RuntimeError("the change fails")

    with pytest.raises(RuntimeError):
        change()
    assert not Arrival.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_rejects_an_event_outside_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError, match="wrap the action"):
        record(Planted(subject=new_public_id()))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("hanako@example.jp", "looks like a mail address"),
        ("call 042-460-9800 please", "telephone"),
        ("1234 5678 9012", "personal number"),
        ("０４２－４６０－９８００", "telephone"),
        ("hanako＠example．jp", "mail address"),
        ("x" * 201, "longer than 200"),
    ],
)
def test_it_rejects_personal_details_and_says_what_to_give(kind: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        plant(kind=kind)


@pytest.mark.django_db
def test_a_hash_whose_digits_look_like_a_telephone_is_taken() -> None:
    plant(kind="ab0423460980" + "c" * 52)
    with pytest.raises(Refused, match="telephone"):
        plant(kind="ab0423460980" + "c" * 51)


@pytest.mark.django_db
def test_it_rejects_a_name_where_a_public_id_belongs() -> None:
    with pytest.raises(Refused, match="subject must be a public id"):
        record(Planted(subject="西東京花子"))


@pytest.mark.django_db
def test_it_rejects_what_is_not_plain() -> None:
    with pytest.raises(Refused, match="is a float"):
        record(Planted(subject=new_public_id(), trees=1.5))  # type: ignore[arg-type] # the point


@pytest.mark.django_db
def test_it_takes_a_public_id_that_looks_like_a_number() -> None:
    assert plant(kind="042-460-9800-a_BCDEFGH")


def test_two_rooms_cannot_declare_one_event() -> None:
    with pytest.raises(TypeError, match=r"declared twice, in .*rename one"):

        @dataclass(frozen=True, kw_only=True)
        class Again(Event, name="metering.figures_loaded"):
            """Already metering's."""
