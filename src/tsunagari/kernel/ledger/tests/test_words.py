"""What the audit says of an event is said in words, whatever it holds."""

from dataclasses import dataclass

import pytest
from django.utils.translation import override

from tsunagari.kernel.ledger.declare import AuditLooked, BatchEmptied, Event, Plain, Words
from tsunagari.kernel.ledger.rules import detail, details, title_of
from tsunagari.kernel.ledger.tests.happenings import Planted


def test_fields_and_their_values_are_said_in_the_readers_language() -> None:
    looked: dict[str, Plain] = {"exported": True, "kind": "ledger.batch_emptied", "about": ""}
    assert [detail(*each) for each in details(AuditLooked.name, looked)] == [
        "探した出来事：保存期間の終わった記録の削除",
        "見方：ファイルへの取り出し",
    ]
    with override("en"):
        assert [detail(*each) for each in details(BatchEmptied.name, {"batch": 7})] == [
            "Batch number: 7"
        ]


def test_what_has_no_words_stands_as_it_was_recorded() -> None:
    assert list(details("test.of_a_room_that_is_gone", {"kind": "oak"})) == [("kind", "oak")]
    assert title_of("test.of_a_room_that_is_gone") == "test.of_a_room_that_is_gone"
    held: dict[str, Plain] = {"was_once": "a field", "trees": 0, "kind": "beech", "watered": None}
    assert list(details(Planted.name, held)) == [
        ("木の種類", "beech"),
        ("植えた本数", "0"),
        ("was_once", "a field"),
    ]


def test_a_truth_value_is_yes_or_no() -> None:
    assert list(details("test.gone", {"watered": False})) == [("watered", "いいえ")]


def test_it_rejects_words_for_a_field_that_is_not_there() -> None:
    with pytest.raises(TypeError, match=r"has words for 'tree', .* it has: trees"):

        @dataclass(frozen=True, kw_only=True)
        class Felled(Event, name="test.felled_once", words={"tree": Words(title="木")}):
            """Has another field."""

            trees: int
