"""Pages that SHIRASAGI exported come over with their categories, groups and dates."""

import csv
import io
from datetime import date, datetime

import pytest

from tsunagari.engines.content.rules.old_pages.shirasagi import NotFromShirasagi, read_shirasagi
from tsunagari.engines.content.rules.pasted.blocks import Heading, Text

HEADERS = [
    "ファイル名",
    "タイトル",
    "一覧用タイトル",
    "レイアウト",
    "本文レイアウト",
    "並び順",
    "サイズ",
    "URL",
    "キーワード",
    "概要",
    "サマリー",
    "本文",
    "本文パーツ",
    "カテゴリー",
    "所属",
    "公開日時",
    "公開開始日時(予約)",
    "公開終了日時(予約)",
    "管理グループ",
    "権限レベル",
    "ステータス",
    "更新日時",
]
PAGE = {
    "ファイル名": "page1.html",
    "タイトル": "児童手当",
    "レイアウト": "記事レイアウト (page.layout.html)",
    "URL": "https://www.city.example.jp/docs/page1.html",
    "キーワード": "子育て, 手当",
    "概要": "児童手当の案内です。",
    "本文": '<h2>対象</h2>\r\n<p>１８歳まで。<a href="/fs/1/2/shinsei.pdf">申請書</a></p>',
    "カテゴリー": "子育て (kosodate)\n手当 (kosodate/teate)",
    "所属": "例市/子育て部/子育て支援課",
    "公開日時": "2016-07-03T13:05:00+09:00",
    "公開終了日時(予約)": "2016/12/31 07:26",
    "管理グループ": "例市/子育て部/子育て支援課",
    "ステータス": "公開",
    "更新日時": "2020-04-01 09:00:00 +0900",
}


def export(*rows: dict[str, str], codec: str = "cp932") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADERS)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(codec)


@pytest.mark.parametrize("codec", ["cp932", "utf-8-sig", "utf-8"])
def test_a_page_comes_over_whole(codec: str) -> None:
    (page,) = read_shirasagi(export(PAGE, codec=codec))
    assert page.address == "https://www.city.example.jp/docs/page1.html"
    assert (page.title, page.summary) == ("児童手当", "児童手当の案内です。")
    assert page.categories == ("子育て", "手当")
    assert page.groups == ("例市/子育て部/子育て支援課",)
    assert page.division == "子育て支援課"
    assert page.keywords == ("子育て", "手当")
    assert page.layout == "記事レイアウト"
    assert page.released == datetime(2016, 7, 3, 13, 5)  # noqa: DTZ001 - the export's own clock
    assert page.closes == datetime(2016, 12, 31, 7, 26)  # noqa: DTZ001
    assert page.updated == date(2020, 4, 1)
    assert page.public
    assert page.files == ("https://www.city.example.jp/fs/1/2/shinsei.pdf",)
    assert page.blocks == (
        Heading(level=2, text="対象"),
        Text(
            html='<p>18歳まで。<a href="https://www.city.example.jp/fs/1/2/shinsei.pdf">申請書</a></p>'
        ),
    )


def test_parts_of_a_body_and_drafts_come_over_too() -> None:
    draft = {
        "ファイル名": "a.html",
        "タイトル": "下書き",
        "本文パーツ": "<p>一つ目</p>\t<p>二つ目</p>",
        "ステータス": "非公開",
    }
    (page,) = read_shirasagi(export(draft), "https://www.city.example.jp/")
    assert page.address == "https://www.city.example.jp/a.html"
    assert page.blocks == (Text(html="<p>一つ目</p><p>二つ目</p>"),)
    assert not page.public
    assert page.released is None


def test_a_file_that_is_no_export_is_refused_in_a_sentence() -> None:
    for data in (b"", "名前,住所\r\n山田,市内\r\n".encode("cp932"), b"\x00\x01\x02", b"%PDF-1.4"):
        with pytest.raises(NotFromShirasagi, match="タイトル"):
            read_shirasagi(data)
