"""The blocks of a city page: what a clerk puts one below the other."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from tsunagari.engines.content.rules.places import misplaced
from tsunagari.kernel.i18n.clock import Clock, system_clock
from tsunagari.kernel.i18n.days import FiscalYear
from tsunagari.kernel.identity import api as identity

RICH = ["h2", "h3", "h4", "bold", "ol", "ul", "link", "document-link", "superscript", "subscript"]
"""What a text may hold. Colours, sizes and alignment are the design's, not a page's."""

PLAIN = ["bold", "ol", "ul", "link", "document-link"]

TABLE_OPTIONS = {
    "minSpareRows": 0,
    "startRows": 3,
    "startCols": 3,
    "height": 240,
    "renderer": "text",
    "autoColumnSize": False,
}


def division_choices(clock: Clock = system_clock) -> list[tuple[str, str]]:
    """The divisions of this fiscal year."""
    year = FiscalYear.at(clock())
    return [(each.code, each.name) for each in identity.divisions(year, get_language() or "ja")]


class StepBlock(blocks.StructBlock):
    """One step of a procedure."""

    title = blocks.CharBlock(label=_("すること"), max_length=80)
    text = blocks.RichTextBlock(label=_("説明"), features=PLAIN, required=False)


class FeeBlock(blocks.StructBlock):
    """One line of a fee table. Yen are whole; without an amount the note says why."""

    what = blocks.CharBlock(label=_("もの・場合"), max_length=80)
    yen = blocks.IntegerBlock(label=_("金額（円）"), min_value=0, required=False)
    note = blocks.CharBlock(label=_("備考"), max_length=120, required=False)


class FeesBlock(blocks.StructBlock):
    """A table of fees."""

    caption = blocks.CharBlock(label=_("表の題名"), max_length=80, default=_("手数料"))
    rows = blocks.ListBlock(FeeBlock(), label=_("行"), min_num=1)

    class Meta:
        icon = "form"
        label = _("手数料の表")
        template = "content/blocks/fees.html"

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """With whether any row has a note: a column of dashes says nothing."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["noted"] = any(row["note"] for row in value["rows"])
        return context


class ContactBlock(blocks.StructBlock):
    """Whom to ask. What is left empty comes from the division's own contact."""

    division = blocks.ChoiceBlock(label=_("課"), choices=division_choices)
    about = blocks.CharBlock(label=_("何についての問い合わせか"), max_length=80, required=False)
    place = blocks.CharBlock(label=_("場所"), max_length=120, required=False)
    telephone = blocks.CharBlock(label=_("電話"), max_length=40, required=False)
    mail = blocks.EmailBlock(label=_("メール"), required=False)

    class Meta:
        icon = "mail"
        label = _("問い合わせ先")
        template = "content/blocks/contact.html"


class PlaceBlock(blocks.StructBlock):
    """One place: its address in words, with a map of it where tiles are at hand."""

    name = blocks.CharBlock(label=_("場所の名前"), max_length=80)
    address = blocks.CharBlock(label=_("住所"), max_length=160)
    access = blocks.CharBlock(label=_("行き方"), max_length=200, required=False)
    hours = blocks.CharBlock(label=_("開いている時間"), max_length=200, required=False)
    latitude = blocks.DecimalBlock(label=_("緯度"), required=False, min_value=-90, max_value=90)
    longitude = blocks.DecimalBlock(label=_("経度"), required=False, min_value=-180, max_value=180)

    class Meta:
        icon = "site"
        label = _("場所と地図")
        template = "content/blocks/place.html"

    def clean(self, value: Any) -> Any:
        """As Wagtail's; coordinates come both or not at all, and lie in Japan."""
        cleaned = super().clean(value)
        wrong = misplaced(cleaned.get("latitude"), cleaned.get("longitude"))
        if wrong is None:
            return cleaned
        place = "longitude" if cleaned.get("longitude") is None else "latitude"
        raise StructBlockValidationError(
            block_errors={place: ValidationError(wrong.told(gettext), code="misplaced")}
        )


class CityImageBlock(ImageBlock):
    """Wagtail's picture with its alternative text, asked for in our words."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.child_blocks["image"].label = _("画像のファイル")
        self.child_blocks["alt_text"].label = _("画像の内容を言葉で（代替テキスト）")


class PictureBlock(blocks.StructBlock):
    """A picture with its alternative text, and words below it."""

    image = CityImageBlock(label=_("画像"))
    caption = blocks.CharBlock(label=_("画像の下の説明"), max_length=160, required=False)

    class Meta:
        icon = "image"
        label = _("画像")
        template = "content/blocks/picture.html"


class DownloadBlock(blocks.StructBlock):
    """One file to download."""

    file = DocumentChooserBlock(label=_("ファイル"))
    title = blocks.CharBlock(
        label=_("題名"),
        max_length=120,
        required=False,
        help_text=_("書かなければ、ファイルの題名が出ます。"),
    )
    about = blocks.CharBlock(label=_("説明"), max_length=200, required=False)


class VideoBlock(blocks.StructBlock):
    """A video of our own, with captions and a text of what is said; or a link to one elsewhere."""

    title = blocks.CharBlock(label=_("題名"), max_length=120)
    file = DocumentChooserBlock(label=_("動画ファイル（MP4）"), required=False)
    captions = DocumentChooserBlock(label=_("字幕ファイル（VTT）"), required=False)
    address = blocks.URLBlock(label=_("ほかのサイトにある動画のアドレス"), required=False)
    transcript = blocks.RichTextBlock(
        label=_("話していることの文字起こし"), features=PLAIN, required=False
    )

    def clean(self, value: Any) -> Any:
        """As Wagtail's; the files are what their fields say."""
        cleaned = super().clean(value)
        wrong = {
            field: ValidationError(sentence, code="kind")
            for field, ending, sentence in (
                ("file", ".mp4", gettext("動画（.mp4）のファイルを選んでください。")),
                ("captions", ".vtt", gettext("字幕（.vtt）のファイルを選んでください。")),
            )
            if cleaned.get(field) and not cleaned[field].file.name.lower().endswith(ending)
        }
        if wrong:
            raise StructBlockValidationError(block_errors=wrong)
        return cleaned

    class Meta:
        icon = "media"
        label = _("動画")
        template = "content/blocks/video.html"


class QuestionAnswerBlock(blocks.StructBlock):
    """A question with its answer, folded up."""

    question = blocks.CharBlock(label=_("見出し"), max_length=120)
    answer = blocks.RichTextBlock(label=_("中身"), features=PLAIN)


class NoticeBlock(blocks.StructBlock):
    """Something that must not be missed."""

    kind = blocks.ChoiceBlock(
        label=_("種類"),
        choices=[("info", pgettext_lazy("notice", "知らせ")), ("warning", _("注意"))],
        default="info",
    )
    title = blocks.CharBlock(label=_("見出し"), max_length=80)
    text = blocks.RichTextBlock(label=_("中身"), features=PLAIN, required=False)

    class Meta:
        icon = "warning"
        label = _("お知らせの枠")
        template = "content/blocks/notice.html"


class CityTableBlock(TableBlock):
    """A table like a sheet: typed or pasted cell by cell, with a caption and header cells."""

    class Meta:
        icon = "table"
        label = _("表")
        template = "content/blocks/table.html"

    def __init__(self, **options: Any) -> None:
        options.setdefault("table_options", TABLE_OPTIONS)
        super().__init__(**options)


class CityStream(blocks.StreamBlock):
    """Everything that a page may consist of."""

    text = blocks.RichTextBlock(
        label=_("本文"), features=RICH, icon="pilcrow", template="content/blocks/text.html"
    )
    notice = NoticeBlock()
    steps = blocks.ListBlock(
        StepBlock(), label=_("手順"), icon="list-ol", template="content/blocks/steps.html"
    )
    table = CityTableBlock()
    fees = FeesBlock()
    picture = PictureBlock()
    downloads = blocks.ListBlock(
        DownloadBlock(),
        label=_("ダウンロード"),
        icon="doc-full-inverse",
        template="content/blocks/downloads.html",
    )
    video = VideoBlock()
    accordion = blocks.ListBlock(
        QuestionAnswerBlock(),
        label=_("開いて読む項目"),
        icon="collapse-down",
        template="content/blocks/accordion.html",
    )
    questions = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="content.QuestionPage"),
        label=_("よくある質問"),
        icon="help",
        template="content/blocks/questions.html",
    )
    events = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="content.EventPage"),
        label=_("イベントの案内"),
        icon="date",
        template="content/blocks/events.html",
    )
    related = blocks.ListBlock(
        blocks.PageChooserBlock(),
        label=_("関連するページ"),
        icon="link",
        template="content/blocks/related.html",
    )
    place = PlaceBlock()
    contact = ContactBlock()

    class Meta:
        block_counts = {"contact": {"max_num": 3}}
