"""Money and staff-years are taken in their own unit, and nothing is guessed of another."""

from decimal import Decimal

import pytest

from tsunagari.engines.cycle.rules.fields import NAMED
from tsunagari.engines.cycle.rules.typed import FieldRefused, Held, value_of


@pytest.mark.parametrize(
    ("typed", "yen"),
    [
        ("1200000", 1_200_000),
        ("１，２００，０００円", 1_200_000),
        ("¥1,200,000", 1_200_000),
        ("￥500", 500),
        (" 0 ", 0),
        ("", None),
        ("－", None),
        ("ー", None),
    ],
)
def test_yen_are_read_as_clerks_write_them(typed: str, yen: Held) -> None:
    assert value_of(typed, NAMED.by_name["settled"]) == yen


@pytest.mark.parametrize(
    "typed", ["120千円", "１２０千円", "120万円", "120K", "120k円", "5ドル", "50%", "50％", "3人", "約100円", "100円くらい"]
)  # fmt: skip
def test_an_amount_in_another_unit_is_refused_and_not_taken_for_yen(typed: str) -> None:
    with pytest.raises(FieldRefused, match="円を単位に、数字だけで"):
        value_of(typed, NAMED.by_name["settled"])


@pytest.mark.parametrize(("typed", "staff"), [("0.5", "0.5"), ("１．２５人", "1.25"), ("", None)])
def test_staff_years_are_read_as_clerks_write_them(typed: str, staff: str | None) -> None:
    held = value_of(typed, NAMED.by_name["staff_years"])
    assert held == (Decimal(staff) if staff else None)


@pytest.mark.parametrize("typed", ["50%", "0.5年", "半分", "1時間"])
def test_staff_years_in_another_unit_are_refused(typed: str) -> None:
    with pytest.raises(FieldRefused, match="人数を数字だけで"):
        value_of(typed, NAMED.by_name["staff_years"])


@pytest.mark.parametrize("typed", ["-1", "▲500", "0.5"])
def test_yen_are_whole_and_not_below_zero(typed: str) -> None:
    with pytest.raises(FieldRefused, match="0以上の整数"):
        value_of(typed, NAMED.by_name["budget"])
