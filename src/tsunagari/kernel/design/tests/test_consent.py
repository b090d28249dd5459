"""What was shown comes back exactly as it was shown: to the same person, about the same thing, for an hour."""

import time
from datetime import date
from decimal import Decimal

import pytest

from tsunagari.kernel.design import consent

SHOWN = ["刷", [{"day": date(2027, 4, 1), "amount": Decimal("1.50"), "note": "一\u3000二"}]]


def test_what_was_shown_comes_back() -> None:
    kept = consent.sealed("room.thing", "hanako", "plan-1", shown=SHOWN)
    back = consent.opened(kept, "room.thing", "hanako", "plan-1")
    assert back == ["刷", [{"day": "2027-04-01", "amount": "1.50", "note": "一\u3000二"}]]


@pytest.mark.parametrize(
    ("purpose", "about"),
    [
        ("room.other", ("hanako", "plan-1")),
        ("room.thing", ("taro", "plan-1")),
        ("room.thing", ("hanako", "plan-2")),
        ("room.thing", ("hanako",)),
        ("room.thing", ("hanako", "plan-1", "")),
    ],
)
def test_it_opens_for_nobody_and_nothing_else(purpose: str, about: tuple[str, ...]) -> None:
    kept = consent.sealed("room.thing", "hanako", "plan-1", shown=SHOWN)
    with pytest.raises(consent.NotConsented, match="もう一度ファイルを選んでください"):
        consent.opened(kept, purpose, *about)


@pytest.mark.parametrize("text", ["", "a:b:c", "\x00", "あ:い", "\ud800", "." * 5000])
def test_what_is_none_of_ours_is_refused(text: str) -> None:
    with pytest.raises(consent.NotConsented):
        consent.opened(text, "room.thing", "hanako")


def test_one_letter_changed_is_refused() -> None:
    kept = consent.sealed("room.thing", "hanako", shown=SHOWN)
    with pytest.raises(consent.NotConsented):
        consent.opened(("A" if kept[5] != "A" else "B").join((kept[:5], kept[6:])), "room.thing", "hanako")  # fmt: skip


def test_it_can_be_confirmed_for_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = consent.sealed("room.thing", "hanako", shown=1)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + consent.VALID_FOR - 2)
    assert consent.opened(kept, "room.thing", "hanako") == 1
    monkeypatch.setattr(time, "time", lambda: now + consent.VALID_FOR + 2)
    with pytest.raises(consent.NotConsented):
        consent.opened(kept, "room.thing", "hanako")


def test_the_same_changes_have_the_same_print() -> None:
    assert consent.print_of(["a", 1]) == consent.print_of(("a", 1)) != consent.print_of(["a", 2])
    assert consent.print_of(["\ud800"])
