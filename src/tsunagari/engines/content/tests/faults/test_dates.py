"""Dates and times: read by everybody as the same day, and on the day that is meant."""

import pytest

from tsunagari.engines.content.rules.pieces import Place, Table
from tsunagari.engines.content.tests.faults.pages import EASY, EN, JA, faults, found, mended

FOUND = [
    ("date_format", "2026/4/1から", ["2026/4/1"]),
    ("date_format", "H30.4.1制定", ["H30.4.1"]),
    ("date_format", "締切は４/１（水）です", ["４/１（水）"]),
    ("date_format", "2026-04-01、2026.4.1", ["2026-04-01", "2026.4.1"]),
    ("date_weekday", "令和8年4月1日（木）に開きます", ["令和8年4月1日（木"]),
    ("date_weekday", "2026年4月1日(火・祝)", ["2026年4月1日(火"]),
    ("date_weekday", "令和8年（2026年）4月1日（金曜日）", ["令和8年（2026年）4月1日（金"]),
    ("date_impossible", "2月30日まで、13月1日", ["2月30日", "13月1日"]),
    ("time_format", "13:00〜15:00", ["13:00〜15:00"]),
    ("time_format", "9:30から受け付けます", ["9:30から"]),
]
ALONE = [
    ("date_format", "令和8年4月1日（水）と4月1日"),
    ("date_format", "https://example.jp/2026/4/1/news.html と /2026/04/01/"),
    ("date_format", "確率は1/2、3/4、24/7、1/1000です"),
    ("date_format", "第2026-4-1号 版は3.11.2 IPは192.168.1.1 電話042-464-1311 型番R6-4-10A"),
    ("date_format", "2026/2/30と2026/13/1"),
    ("date_format", "住所は西東京市南町5-6-13、住吉町6-15-6"),
    ("date_weekday", "令和8年4月1日（水）と2026年4月2日(木)"),
    ("date_weekday", "4月1日（日）と令和8年4月1日（仮称）"),
    ("date_weekday", "平成31年4月30日（火）"),
    ("date_impossible", "2月29日、4月30日間、12月31日"),
    ("time_format", "午後1時から午後3時まで"),
    ("time_format", "縮尺1:50の図、比は3:10、午前9:30、16:9:4、1:25000"),
    ("time_format", "12:75"),
]
MENDED = [
    ("date_format", "2026/4/1から", "令和8年4月1日（水）から"),
    ("date_format", "H30.4.1", "平成30年4月1日（日）"),
    ("date_format", "2026/4/1(水)", "令和8年4月1日（水）"),
    ("date_format", "4/1(水)まで", "4月1日（水）まで"),
    ("date_weekday", "令和8年4月1日（木）", "令和8年4月1日（水）"),
    ("time_format", "13:00〜15:30に", "午後1時から午後3時30分までに"),
    ("time_format", "９：００〜", "午前9時から"),
    ("time_format", "12:00から", "正午から"),
    ("time_format", "8:30", "午前8時30分"),
]


@pytest.mark.parametrize(("rule", "text", "letters"), FOUND)
def test_a_clerk_is_told_of_a_date_that_reads_wrong(
    rule: str, text: str, letters: list[str]
) -> None:
    assert found(rule, text) == letters


@pytest.mark.parametrize(("rule", "text"), ALONE)
def test_what_is_no_date_or_in_order_is_left_alone(rule: str, text: str) -> None:
    assert found(rule, text) == []


@pytest.mark.parametrize(("rule", "text", "after"), MENDED)
def test_a_mend_writes_the_date_in_words(rule: str, text: str, after: str) -> None:
    assert mended(rule, text) == after
    assert found(rule, after) == []


def test_each_language_has_its_own_way_of_writing_a_day() -> None:
    assert mended("date_format", "2026-04-01", EN) == "1 April 2026"
    assert mended("date_format", "2026-04-01", EASY) == "2026年4月1日（水）"
    assert found("date_weekday", "Thursday, 2 April 2026", EN) == []
    assert mended("date_weekday", "Monday, April 2, 2026", EN) == "Thursday, April 2, 2026"


def test_a_timetable_in_a_table_is_left_alone() -> None:
    table = Table(place=Place(part="t"), rows=(("便", "発"), ("1", "8:05")), header_row=True)
    assert found("time_format", table) == []


def test_a_wrong_weekday_says_which_day_it_is() -> None:
    said = faults("date_weekday", "令和8年4月1日（木）", JA)[0].said.told(str)
    assert (
        said
        == "「令和8年4月1日」は水曜日です（木曜日と書かれています）。日付か曜日を直してください。"
    )


def test_a_western_date_is_mended_only_where_one_day_can_be_meant() -> None:
    assert mended("date_format", "Until 4/30/2026.", EN) == "Until 30 April 2026."
    assert mended("date_format", "Until 30/4/2026.", EN) == "Until 30 April 2026."
    (fault,) = faults("date_format", "From 4/1/2026.", EN)
    assert fault.mends == ()
    assert found("date_format", "From 4/4/2026.", EN) == ["4/4/2026"]
    assert found("date_format", "See /4/1/2026/ and 45/45/2026.", EN) == []
    assert found("date_format", "4/1/2026") == []
