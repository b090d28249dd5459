"""Fragments as they lie in a clipboard: Word, Excel, Google Docs, LibreOffice, web pages, pages of 2009."""

from tsunagari.engines.content.rules.checking import check
from tsunagari.engines.content.rules.pasted.blocks import Block, Heading, Picture, Table, Text
from tsunagari.engines.content.rules.pasted.cleaning import clean, clean_lines
from tsunagari.engines.content.rules.pieces import Heading as HeadingPiece
from tsunagari.engines.content.rules.pieces import Knowledge, Place, Rich

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0mm;} --></style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=JA style='tab-interval:42.0pt'><!--StartFragment-->
<h1><span style='font-family:"游ゴシック Light"'>ごみの出し方</span><span lang=EN-US><o:p></o:p></span></h1>
<p class=MsoNormal><span style='mso-fareast-font-family:"ＭＳ 明朝"'>令和８年４月から、ごみの出し方が変
わります。</span><span lang=EN-US><o:p></o:p></span></p>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<p class=MsoListParagraph style='margin-left:21.0pt;text-indent:-21.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
lang=EN-US style='mso-fareast-font-family:"Century"'><span style='mso-list:Ignore'>(1)<span style='font:7.0pt "Times New Roman"'>&nbsp;
</span></span></span><![endif]>可燃ごみ<span lang=EN-US><o:p></o:p></span></p>
<p class=MsoListParagraph style='margin-left:42.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='font-family:Wingdings'><span style='mso-list:Ignore'>l<span>&nbsp; </span></span></span><![endif]>生ごみ</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>(2)<span>&nbsp; </span></span><![endif]>不燃ごみ</p>
<p class=MsoNormal>袋は<b>必ず</b><del cite="mailto:sato" datetime="2026-03-01T10:00"><s>紙の</s></del><ins cite="mailto:sato">透明の</ins>物を
使ってください。<span class=MsoCommentReference><span lang=EN-US><a class=msocomanchor id="_anchor_1" href="#_msocom_1">[S1]</a></span></span></p>
<div style='mso-element:comment-list'><div style='mso-element:comment'><p class=MsoCommentText>要確認！</p></div></div>
<!--EndFragment--></body></html>"""

EXCEL = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><style><!--
.xl65 {mso-number-format:General; font-weight:700; background:#D9E1F2;}
.xl66 {mso-number-format:"0";} --></style></head><body><table border=0 cellpadding=0><!--StartFragment-->
<col width=72><col width=90>
<tr height=25><td class=xl65 width=72>施設</td><td class=xl65>電話</td></tr>
<tr height=25><td rowspan=2 class=xl66>公民館</td><td class=xl66>０４２-４６１-１１７０</td></tr>
<tr height=25><td class=xl66>ＦＡＸ 042-461-0000</td></tr>
<tr height=25 style='display:none'><td>内部メモ</td><td>見せない</td></tr>
<!--EndFragment--></table></body></html>"""

DOCS = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-7f"><h2 dir="ltr" style="line-height:1.38"><span
style="font-size:16pt;font-weight:400">申し込み</span></h2><p dir="ltr"><span style="font-weight:400">窓口で</span><span
style="font-weight:700">本人が</span><span style="font-weight:400">申し込みます。</span></p><ul><li dir="ltr" aria-level="1"><p role="presentation"><span>印鑑</span></p></li><ul><li aria-level="2"><p>認印で可</p></li></ul><li><p>身分証</p></li></ul></b><br class="Apple-interchange-newline">"""

OFFICE = """<html><head><meta name="generator" content="LibreOffice 7.4"/><style type="text/css">p.western {color:#000}</style></head>
<body lang="ja-JP" dir="ltr"><h3 class="western">対象</h3><p class="western" style="margin-bottom: 0cm">市内に住む人<br/>
</p><p class="cjk"><font color="#ff0000">４月末まで</font>に申し込む人</p></body></html>"""

YEAR_2009 = """<table width="600" border="0"><tr><td><img src="images/spacer.gif" width="1" height="20"></td></tr><tr><td>
<font size="5" color="#003399"><b>■防災訓練のお知らせ</b></font><br><br>日　時：平成２１年９月１日（火）<br>場　所：いこいの森公園<br><br>
<center><img src="images/kunren.jpg" alt="訓練のようす"></center><br>・消火訓練<br>・煙体験<br>・起震車<br><br>
<a href="javascript:window.open('map.html')">地図</a>と<a href="bousai.pdf">案内</a><marquee>雨天中止</marquee>
</td></tr></table>"""


def blocks(html: str) -> list[Block]:
    return list(clean(html).blocks)


def kinds(html: str) -> set[str]:
    return {note.kind for note in clean(html).notes}


def test_a_letter_from_word_keeps_its_headings_and_lists_and_loses_its_history() -> None:
    assert blocks(WORD) == [
        Heading(level=2, text="ごみの出し方"),
        Text(
            html="<p>令和8年4月から、ごみの出し方が変わります。</p><ol><li>可燃ごみ<ul><li>生ごみ</li></ul></li><li>不燃ごみ</li></ol>"
            "<p>袋は<b>必ず</b>透明の物を使ってください。</p>"
        ),
    ]
    assert kinds(WORD) == {"deleted", "comment", "characters"}


def test_cells_from_excel_become_a_table_with_headers_and_without_hidden_rows() -> None:
    assert blocks(EXCEL) == [
        Table(
            rows=(("施設", "電話"), ("公民館", "042-461-1170"), ("公民館", "FAX 042-461-0000")),
            header_row=True,
        )
    ]
    assert kinds(EXCEL) == {"merged", "header_row", "characters"}


def test_what_everything_in_google_docs_wraps_in_bold_is_not_bold() -> None:
    assert blocks(DOCS) == [
        Heading(level=2, text="申し込み"),
        Text(
            html="<p>窓口で<b>本人が</b>申し込みます。</p><ul><li>印鑑<ul><li>認印で可</li></ul></li><li>身分証</li></ul>"
        ),
    ]


def test_red_letters_from_libreoffice_become_bold_and_a_note_says_so() -> None:
    assert blocks(OFFICE) == [
        Heading(level=2, text="対象"),
        Text(html="<p>市内に住む人</p><p><b>4月末まで</b>に申し込む人</p>"),
    ]
    assert "colour" in kinds(OFFICE)


def test_a_page_of_2009_loses_its_frame_and_keeps_what_it_says() -> None:
    assert blocks(YEAR_2009) == [
        Heading(level=2, text="防災訓練のお知らせ"),
        Text(html="<p>日　時：平成21年9月1日（火）<br/>場　所：いこいの森公園</p>"),
        Picture(src="images/kunren.jpg", alt="訓練のようす"),
        Text(
            html="<ul><li>消火訓練</li><li>煙体験</li><li>起震車</li></ul>"
            '<p>地図と<a href="bousai.pdf">案内</a>雨天中止</p>'
        ),
    ]
    assert {"layout", "link", "heading", "list"} <= kinds(YEAR_2009)


def test_excels_plain_text_becomes_a_table() -> None:
    assert clean_lines('年\t人口\n２０２５\t"206,000\n(推計)"\n\n').blocks == (
        Table(rows=(("年", "人口"), ("2025", "206,000\n(推計)"))),
    )
    assert clean_lines("").blocks == ()


def test_lists_typed_by_hand_become_lists_only_when_they_count_on() -> None:
    assert blocks("<p>１．申請書</p><p>２．印鑑</p>") == [
        Text(html="<ol><li>申請書</li><li>印鑑</li></ol>")
    ]
    assert blocks("<p>①申請書</p><p>②印鑑</p>") == [
        Text(html="<ol><li>申請書</li><li>印鑑</li></ol>")
    ]
    assert blocks("<p>1.5キロ</p><p>2.5キロ</p>") == [Text(html="<p>1.5キロ</p><p>2.5キロ</p>")]
    assert blocks("<p>(1)だけの段落</p><p>次</p>") == [Text(html="<p>(1)だけの段落</p><p>次</p>")]
    assert blocks("<p>※注意</p><p>※注意</p>") == [Text(html="<p>※注意</p><p>※注意</p>")]


def test_headings_come_in_order_and_bold_sentences_stay_paragraphs() -> None:
    html = "<h1>a</h1><h4>b</h4><p>x</p><p><b>持ち物</b></p><p>はさみ</p><p><b>必ず持ってきてください。</b></p><p>y</p>"
    assert blocks(html) == [
        Heading(level=2, text="a"),
        Heading(level=3, text="b"),
        Text(html="<p>x</p>"),
        Heading(level=4, text="持ち物"),
        Text(html="<p>はさみ</p><p>必ず持ってきてください。</p><p>y</p>"),
    ]


def test_links_that_everybody_can_open_stay() -> None:
    html = (
        '<p><a href="https://example.jp/?a=1&amp;b=2">a</a> <a href="mailto:a@example.jp">b</a> <a href="tel:042-464-1311">c</a> '
        '<a href="/d">d</a> <a href="#e">e</a> <a href="file:///C:/f.doc">f</a> <a href="\\\\fs\\g">g</a></p>'
    )
    assert blocks(html) == [
        Text(
            html='<p><a href="https://example.jp/?a=1&amp;b=2">a</a> <a href="mailto:a@example.jp">b</a> '
            '<a href="tel:042-464-1311">c</a> <a href="/d">d</a> e f g</p>'
        )
    ]


def test_a_table_in_a_table_becomes_text_and_readings_fall_away() -> None:
    html = (
        "<table><tr><th>名</th><th>時</th></tr><tr><td>a<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table></td><td>b</td></tr></table>"
        "<p><ruby>市<rp>(</rp><rt>し</rt><rp>)</rp></ruby>役所</p>"
    )
    assert blocks(html) == [
        Table(rows=(("名", "時"), ("a\n1、2\n3、4", "b")), header_row=True),
        Text(html="<p>市役所</p>"),
    ]
    assert kinds(html) == {"nested", "ruby"}


def test_a_note_says_what_was_done_and_how_often() -> None:
    notes = clean("<p>ｱと１</p><script>a</script><script>b</script>").notes
    assert [(note.kind, note.count) for note in notes] == [("script", 2), ("characters", 1)]
    assert notes[0].said.told(str) == "プログラム（スクリプト）を2個取り除きました。"


def test_pictures_that_can_be_fetched_are_named_and_others_are_noted() -> None:
    html = '<img src="https://example.jp/a.jpg" alt="池"><img src="data:image/png;base64,AAAA"><img src="file:///C:/x.png"><img src="x.gif" width="1" height="1">'
    assert blocks(html) == [Picture(src="https://example.jp/a.jpg", alt="池")]
    assert [(note.kind, note.count) for note in clean(html).notes] == [("image", 2)]


def test_nothing_in_nothing_out() -> None:
    for empty in ("", " ", "<p>&nbsp;</p><p>　</p>", "<!-- -->", "\x00", "<table></table>"):
        assert blocks(empty) == []


def test_what_was_cleaned_has_none_of_the_faults_that_the_cleaner_mends() -> None:
    mended = {
        "half_width_kana",
        "wide_letters",
        "platform_characters",
        "invisible_characters",
        "hand_made_list",
        "heading_order",
    }
    for html in (WORD, DOCS, OFFICE, YEAR_2009):
        pieces = [
            Rich(place=Place(part=str(number), field="text"), html=block.html)
            if isinstance(block, Text)
            else HeadingPiece(place=Place(part=str(number)), level=block.level, text=block.text)
            for number, block in enumerate(blocks(html))
            if isinstance(block, Text | Heading)
        ]
        assert check(pieces, Knowledge(), only=mended) == ()
