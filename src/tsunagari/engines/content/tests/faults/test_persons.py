"""What belongs to a person does not go out by mistake; what is the city's own may."""

import pytest

from tsunagari.engines.content.rules.persons import is_my_number
from tsunagari.engines.content.rules.pieces import Knowledge
from tsunagari.engines.content.tests.faults.pages import faults, found, mended

CITY = Knowledge(
    telephones=frozenset({"042-464-1311", "090-1111-2222"}),
    emails=frozenset({"nishitokyo.koho@gmail.com"}),
    prefixes=("042-4",),
)
FOUND = [
    ("personal_my_number", "番号は123456789018です", ["************"]),
    ("personal_my_number", "１２３４ ５６７８ ９０１８", ["************"]),
    ("personal_mobile", "連絡先 090-1234-5678（山田）", ["090-1234-5678"]),
    ("personal_mobile", "０８０−１２３４−５６７８", ["０８０−１２３４−５６７８"]),
    ("personal_mobile", "07012345678", ["07012345678"]),
    ("personal_mail", "taro@gmail.com まで", ["taro@gmail.com"]),
    ("personal_mail", "hanako@docomo.ne.jp", ["hanako@docomo.ne.jp"]),
    ("personal_account", "みずほ銀行田無支店 普通 1234567", ["普通 1234567"]),
    ("personal_birth", "山田 花子（昭和30年4月1日生）", ["山田 花子（昭和30年4月1日生）"]),
    ("personal_telephone", "03-1234-5678", ["03-1234-5678"]),
]
ALONE = [
    ("personal_my_number", "製品番号123456789012、法人番号1234567890123、0000 0000 0000"),
    ("personal_my_number", "ISBN 123456789018X と 1123456789018"),
    ("personal_mobile", "〒090-0001 北海道北見市、住所1-090-5、090-1111-2222"),
    ("personal_mobile", "品番A090-1234-5678、090-0000-0000、市役所042-464-1311"),
    ("personal_mail", "soumu@city.nishitokyo.lg.jp、nishitokyo.koho@gmail.com、@gmail.com"),
    ("personal_account", "普通 乗用車、定員1234567人、当座の間"),
    ("personal_birth", "平成20年4月2日から平成21年4月1日生まれの方（平成20年4月2日生まれを含む）"),
    ("personal_birth", "西東京市（平成13年1月21日誕生）"),
    ("personal_telephone", "042-464-1311、042-438-4000、0120-123-456、0570-000-111、090-1234-5678"),
]


@pytest.mark.parametrize(("rule", "text", "letters"), FOUND)
def test_a_clerk_is_warned_before_a_persons_details_go_out(
    rule: str, text: str, letters: list[str]
) -> None:
    assert found(rule, text, CITY) == letters


@pytest.mark.parametrize(("rule", "text"), ALONE)
def test_the_citys_own_numbers_and_addresses_are_left_alone(rule: str, text: str) -> None:
    assert found(rule, text, CITY) == []


def test_landlines_are_not_judged_where_the_city_has_named_none() -> None:
    assert found("personal_telephone", "03-1234-5678") == []


def test_an_individual_number_refuses_publishing_and_is_not_repeated() -> None:
    fault = faults("personal_my_number", "番号 1234-5678-9018")[0]
    assert fault.level == "A"
    assert "9018" not in fault.said.told(str) + fault.found
    assert mended("personal_my_number", "番号 1234-5678-9018") == "番号 0000 0000 0000"


def test_a_mobile_number_warns_and_does_not_refuse() -> None:
    assert [fault.level for fault in faults("personal_mobile", "090-1234-5678")] == ["AA"]


@pytest.mark.parametrize("digit", range(10))
def test_one_check_digit_of_ten_is_valid(digit: int) -> None:
    assert is_my_number(f"12345678901{digit}") is (digit == 8)
