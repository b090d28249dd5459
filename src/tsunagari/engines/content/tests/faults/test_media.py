"""Images, videos, files and frames say what they are."""

import pytest

from tsunagari.engines.content.rules.pieces import (
    Download,
    Frame,
    Image,
    Knowledge,
    Piece,
    Place,
    Plain,
    Video,
)
from tsunagari.engines.content.tests.faults.pages import EN, JA, faults, found

P = Place(part="i")
IN_TEXT = '<p>x</p><embed embedtype="image" {} format="left" id="1"/>'


def image(alt: str = "", **said: object) -> Image:
    return Image(place=P, alt=alt, address="images/kouen.jpg", **said)  # type: ignore[arg-type]


def file(title: str, **said: object) -> Download:
    return Download(place=P, title=title, name="a.pdf", kind="PDF", **said)  # type: ignore[arg-type]


WRONG: list[tuple[str, Piece | str]] = [
    ("image_alt_missing", image()),
    ("image_alt_missing", IN_TEXT.format("")),
    ("image_alt_says_nothing", image("kouen.jpg")),
    ("image_alt_says_nothing", image("kouen")),
    ("image_alt_says_nothing", image("画像１")),
    ("image_alt_says_nothing", image("写真")),
    ("image_alt_says_nothing", image("IMG_20260401")),
    ("image_alt_says_nothing", IN_TEXT.format('alt="ｲﾗｽﾄ"')),
    ("image_alt_long", image("長" * 121)),
    ("image_in_link_decorative", image(decorative=True, linked=True)),
    ("image_of_text", image("防災訓練のチラシ")),
    ("area_alt_missing", '<map><area href="/a"/></map>'),
    ("frame_title", Frame(place=P)),
    ("frame_title", '<iframe src="https://example.jp/"></iframe>'),
    ("embedded_media", '<object data="a.swf"></object>'),
    ("embedded_media", "<p><marquee>流れる</marquee></p>"),
    ("video_captions", Video(place=P, title="市長の話")),
    ("video_transcript", Video(place=P, title="市長の話", captions=True)),
    ("video_title", Video(place=P, address="/a.mp4")),
    ("download_title", file("")),
    ("download_title", file("r8_shinsei.pdf")),
    ("download_title", file("資料１")),
    ("download_unreadable", file("申請書", has_text=False, tagged=False)),
    ("download_unreadable", file("申請書", has_text=True, tagged=False)),
    ("download_large", file("地図", size=30_000_000)),
    ("summary", Plain(place=Place(part="summary"), text=" ")),
    ("summary", Plain(place=Place(part="summary"), text="ごみの 出し方")),
    ("summary", Plain(place=Place(part="summary"), text="長" * 121)),
    ("page_title", Plain(place=Place(part="title"), text="")),
    ("page_title", Plain(place=Place(part="title"), text="【重要】お知らせ")),
    ("page_title", Plain(place=Place(part="title"), text="長" * 46)),
]
RIGHT: list[tuple[str, Piece | str]] = [
    ("image_alt_missing", image(decorative=True)),
    ("image_alt_missing", IN_TEXT.format('alt=""')),
    (
        "image_alt_missing",
        IN_TEXT.format('alt="池"') + '<embed embedtype="media" url="https://example.jp/"/>',
    ),
    ("image_alt_says_nothing", image("画像処理の研究室で話す市民")),
    ("image_alt_says_nothing", image("写真コンテストの表彰式")),
    ("image_alt_says_nothing", Image(place=P, alt="いこいの森公園", address="いこいの森公園.jpg")),
    ("image_alt_long", image("長" * 120)),
    ("image_in_link_decorative", image("計画を見る", linked=True)),
    ("image_of_text", image("桜の咲く公園")),
    ("area_alt_missing", '<map><area href="/a" alt="田無駅"/></map>'),
    ("frame_title", Frame(place=P, title="庁舎の地図")),
    ("embedded_media", '<embed embedtype="media" url="https://example.jp/"/>'),
    ("video_captions", Video(place=P, title="市長の話", transcript=True)),
    ("video_transcript", Video(place=P, title="市長の話", captions=True, transcript=True)),
    ("video_title", Video(place=P, title="市長の話")),
    ("download_title", file("資料館の利用申請書")),
    ("download_unreadable", file("申請書")),
    ("download_large", file("地図", size=1_000_000)),
    (
        "summary",
        Plain(place=Place(part="summary"), text="ごみと資源の分け方、出す日と場所を案内します。"),
    ),
    ("page_title", Plain(place=Place(part="title"), text="学校給食についてのお知らせ")),
    ("summary", Plain(place=Place(part="b1", field="text"), text="")),
]


@pytest.mark.parametrize(("rule", "thing"), WRONG)
def test_what_does_not_say_what_it_is_is_found(rule: str, thing: Piece | str) -> None:
    assert len(found(rule, thing)) == 1


@pytest.mark.parametrize(("rule", "thing"), RIGHT)
def test_what_says_what_it_is_is_left_alone(rule: str, thing: Piece | str) -> None:
    assert found(rule, thing) == []


def test_an_image_that_is_a_link_is_told_to_say_where_it_leads() -> None:
    said = faults("image_alt_missing", image(linked=True))[0].said.told(str)
    assert "リンクの行き先" in said


def test_an_english_title_may_be_longer() -> None:
    title = Plain(
        place=Place(part="title"), text="How to apply for a certificate of residence by post"
    )
    assert found("page_title", title, EN) == []
    assert found("page_title", title, Knowledge(language="ja")) != []


def test_a_vague_title_warns_and_a_missing_one_refuses() -> None:
    vague, missing = (Plain(place=Place(part="title"), text=text) for text in ("お知らせ", ""))
    assert [fault.level for fault in faults("page_title", vague, JA)] == ["AA"]
    assert [fault.level for fault in faults("page_title", missing, JA)] == ["A"]
