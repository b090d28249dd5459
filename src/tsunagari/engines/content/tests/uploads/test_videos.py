"""A clerk puts up a video with captions; a page plays it in parts, and nobody learns where it was taken."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from wagtail.blocks.struct_block import StructBlockValidationError

from tsunagari.engines.content.actions.keep_file import keep_attachment
from tsunagari.engines.content.actions.prepare_site import Prepared
from tsunagari.engines.content.models import Attachment, TopicPage
from tsunagari.engines.content.models.blocks import VideoBlock
from tsunagari.engines.content.models.city_page import PublishRefused
from tsunagari.engines.content.rules.byte_range import NoSuchPart, asked_part
from tsunagari.engines.content.rules.uploads import videos
from tsunagari.engines.content.rules.uploads.files import file_ending
from tsunagari.engines.content.rules.uploads.refusal import UploadRefused
from tsunagari.engines.content.tests.conftest import published, write
from tsunagari.engines.content.tests.uploads import samples
from tsunagari.engines.content.tests.uploads.test_putting_up import put_up

PLACE = b"\xa9xyz+35.7256+139.5386/SECRET"


@pytest.fixture(autouse=True)
def store(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def test_an_mp4_and_captions_are_told_by_their_content() -> None:
    assert file_ending(samples.film(), "hanashi.MP4") == ".mp4"
    assert file_ending(samples.CAPTIONS, "hanashi.vtt") == ".vtt"
    with pytest.raises(UploadRefused):
        file_ending(samples.film(), "hanashi.pdf")


def test_what_is_told_beside_a_video_is_taken_away_and_nothing_moves() -> None:
    before = samples.film(beside=PLACE)
    file = BytesIO(before)
    videos.clean_video(file)
    after = file.getvalue()
    assert b"SECRET" not in after
    assert len(after) == len(before)
    assert after.index(b"mdat") == before.index(b"mdat")
    videos.clean_video(BytesIO(after))


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (samples.film(brand=b"qt  "), videos.MOV),
        (samples.film(codec=b"hvc1"), videos.HEVC),
        (samples.film(codec=b"mp4a"), videos.NO_PICTURE),
        (samples.film(codec=b"avc1mebx"), videos.PLACES),
        (samples.film()[:-1], videos.BROKEN),
        (samples.film()[:60], videos.BROKEN),
        (samples.box(b"ftyp", b"isom") + samples.box(b"mdat"), videos.BROKEN),
        (samples.box(b"ftyp", b"isom") + b"\x00\x00\x00\x01moov" + b"\xff" * 8, videos.BROKEN),
        (samples.box(b"ftyp", b"isom") + samples.box(b"free") * 20_001, videos.BROKEN),
    ],
)
def test_a_video_that_is_broken_or_not_played_everywhere_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(UploadRefused) as refused:
        videos.clean_video(BytesIO(data))
    assert refused.value.said.words == said


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("00:00.500 --> 00:02.000\n話", None),
        ("WEBVTT", None),
        ("WEBVTTX\n\n00:00.500 --> 00:02.000\n話", None),
        ("WEBVTT\n\n00:02.000 --> 00:00.500\n話", "3"),
        ("WEBVTT\n\n00:00,500 --> 00:02,000\n話", "3"),
        ("WEBVTT\n\n00:00.500 --> 00:02.000\n話\n\n1:00 --> 2:00\n話", "6"),
    ],
)
def test_captions_that_no_browser_shows_are_refused(text: str, line: str | None) -> None:
    with pytest.raises(UploadRefused) as refused:
        videos.check_captions(text.encode())
    assert dict(refused.value.said.values).get("line") == line
    with pytest.raises(UploadRefused):
        videos.check_captions("WEBVTT\n\n00:00.500 --> 00:02.000\n話".encode("cp932"))


def test_captions_with_a_mark_notes_and_settings_are_taken() -> None:
    videos.check_captions(
        "\ufeffWEBVTT 市長の話\n\nNOTE メモ\n\n1\n01:00:00.500 --> 01:00:02.000 align:start\n話\n".encode()
    )


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("bytes=0-99", (0, 99)),
        ("bytes=10-", (10, 999)),
        ("bytes=-5", (995, 999)),
        ("bytes=990-5000", (990, 999)),
        ("bytes=-5000", (0, 999)),
        ("", None),
        ("bytes=5-1", None),
        ("bytes=0-1,5-6", None),
        ("lines=0-1", None),
        ("bytes=-", None),
    ],
)
def test_a_part_is_read_as_the_rule_says(header: str, expected: tuple[int, int] | None) -> None:
    assert asked_part(header, 1000) == expected


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=-0"])
def test_behind_the_end_there_is_no_part(header: str) -> None:
    with pytest.raises(NoSuchPart):
        asked_part(header, 1000)


@pytest.mark.django_db
def test_a_player_fetches_parts_of_a_video_and_the_end_is_told(
    site: Prepared, clerk_client: Client, client: Client
) -> None:
    data = samples.film(beside=PLACE)
    assert put_up(clerk_client, "documents", "hanashi.mp4", data)["success"]
    address = Attachment.objects.get().url
    whole = client.get(address)
    body = b"".join(whole)
    assert b"SECRET" not in body
    assert (len(body), whole["Content-Type"], whole["Accept-Ranges"]) == (
        len(data),
        "video/mp4",
        "bytes",
    )
    part = client.get(address, headers={"range": "bytes=100-199"})
    assert part.status_code == 206
    assert b"".join(part) == body[100:200]
    assert part["Content-Range"] == f"bytes 100-199/{len(data)}"
    assert part["Content-Length"] == "100"
    beyond = client.get(address, headers={"range": f"bytes={len(data)}-"})
    assert (beyond.status_code, beyond["Content-Range"]) == (416, f"bytes */{len(data)}")
    other = client.get(address, headers={"range": "bytes=0-9", "if-range": '"another"'})
    assert other.status_code == 200
    same = client.get(address, headers={"range": "bytes=0-9", "if-range": whole["ETag"]})
    assert same.status_code == 206


@pytest.mark.django_db
def test_a_video_has_a_limit_of_its_own(
    site: Prepared, clerk_client: Client, settings: Any
) -> None:
    settings.LARGEST_VIDEO = 1000
    answer = put_up(clerk_client, "documents", "hanashi.mp4", samples.film())
    assert "大きすぎます" in answer["error_message"]
    settings.LARGEST_VIDEO, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 1024 * 1024, 100
    assert put_up(clerk_client, "documents", "hanashi.mp4", samples.film())["success"]
    wrong = put_up(clerk_client, "documents", "hanashi.txt", samples.film())
    assert ".mp4" in wrong["error_message"]


def stream(film: int, captions: int | None, transcript: str = "<p>市長の話です。</p>") -> Any:
    value = {
        "title": "市長の話", "file": film, "captions": captions, "address": "", "transcript": transcript,
    }  # fmt: skip
    return [{"type": "video", "value": value, "id": "3f7a2c1e-0000-4000-8000-00000000000b"}]


@pytest.mark.django_db
def test_a_page_plays_the_video_with_captions_and_words(client: Client, topic: TopicPage) -> None:
    film = keep_attachment(samples.film(beside=PLACE), name="a.mp4", title="市長の話")
    captions = keep_attachment(samples.CAPTIONS, name="a.vtt", title="字幕")
    published(topic, title="市長の話", slug="hanashi", body=stream(film, captions))
    answer = client.get("/kurashi/hanashi/")
    body = answer.content.decode()
    assert f'<source src="{Attachment.objects.get(pk=film).url}" type="video/mp4">' in body
    told = Attachment.objects.get(pk=captions)
    assert f'<track kind="captions" src="{told.url}" srclang="ja"' in body
    assert "話していることを文字で読む" in body
    assert "media-src 'self'" in answer["Content-Security-Policy"]
    assert client.get(told.url)["Content-Type"] == "text/vtt; charset=utf-8"


@pytest.mark.django_db
def test_a_video_with_neither_captions_nor_words_is_not_published(topic: TopicPage) -> None:
    film = keep_attachment(samples.film(), name="a.mp4", title="市長の話")
    page = write(topic, title="市長の話", slug="hanashi", body=stream(film, None, ""))
    with pytest.raises(PublishRefused) as refused:
        page.get_latest_revision().publish()
    assert {fault.rule for fault in refused.value.faults} == {"video_captions"}


@pytest.mark.django_db
def test_only_a_video_is_chosen_as_video_and_captions_as_captions(site: Prepared) -> None:
    film = keep_attachment(samples.film(), name="a.mp4", title="話")
    captions = keep_attachment(samples.CAPTIONS, name="a.vtt", title="字幕")
    block = VideoBlock()
    block.clean(block.to_python({"title": "話", "file": film, "captions": captions}))
    with pytest.raises(StructBlockValidationError) as refused:
        block.clean(block.to_python({"title": "話", "file": captions, "captions": film}))
    assert set(refused.value.block_errors) == {"file", "captions"}


def test_a_page_of_the_web_named_vtt_is_refused() -> None:
    with pytest.raises(UploadRefused):
        file_ending(b"<html><script>1</script></html>", "a.vtt")
