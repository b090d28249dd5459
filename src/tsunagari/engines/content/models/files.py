"""Pictures and files of the pages. Who uploaded them keeps them; what is known of a file is found when it comes.

In the store they bear random names of ASCII letters; what a clerk called them is their title.
"""

from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image

from tsunagari.engines.content.rules.sentences import Sentence
from tsunagari.engines.content.rules.uploads.pdf import pdf_facts, warnings_of
from tsunagari.kernel.ids import new_public_id

ATTACHMENTS = "documents"
PICTURES = "pictures"
RENDITIONS = "images"
"""Folders of the store that everybody may read."""


def attachment_name(_attachment: Any, name: str) -> str:
    """Where a file stands in the store."""
    return f"{ATTACHMENTS}/{new_public_id()}{PurePosixPath(name).suffix.lower()}"


class Picture(AbstractImage):
    """A picture. `description` is its alternative text where a page writes no other."""

    description = models.CharField(
        _("代替テキスト"),
        max_length=255,
        blank=True,
        default="",
        help_text=_(
            "画像を見られない人に、画像の代わりに読み上げる文です。何が写っていて、何を伝えるかを書きます（例：市役所の正面入口。右にスロープがある）。飾りの画像なら、ページに入れるときに「飾り」を選びます。"
        ),
    )
    credit = models.CharField(_("撮った人・出典"), max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("画像")
        verbose_name_plural = _("画像")

    @property
    def default_alt_text(self) -> str:
        """What a page starts with where the picture is put in: its description, never its file's name."""
        return self.description

    def get_upload_to(self, filename: str) -> str:
        """Where the picture stands in the store."""
        return f"{PICTURES}/{new_public_id()}{PurePosixPath(filename).suffix.lower()}"


class PictureRendition(AbstractRendition):
    """A picture in one size and form, made once by the server."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class Attachment(AbstractDocument):
    """A file to download. What was found in a PDF stands beside it; None: not looked at, or no PDF.

    `tagged`: its headings and tables can be told apart by a screen reader (PDF/UA); `has_text`: its letters are
    letters and no picture of them; `locked`: it needs a password, to be opened or to be read aloud.
    """

    file = models.FileField(_("ファイル"), upload_to=attachment_name)
    pages = models.PositiveIntegerField(_("ページ数"), null=True, blank=True, editable=False)
    tagged = models.BooleanField(_("タグつきPDF"), null=True, blank=True, editable=False)
    has_text = models.BooleanField(_("文字のあるPDF"), null=True, blank=True, editable=False)
    locked = models.BooleanField(_("パスワードのあるPDF"), null=True, blank=True, editable=False)

    admin_form_fields = Document.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("ファイル")
        verbose_name_plural = _("ファイル")

    @property
    def filename(self) -> str:
        """What it is called when it is saved: its title with the ending of its content."""
        ending = PurePosixPath(str(self.file.name)).suffix
        title = self.title.replace("/", "／").strip() or "file"
        return title if title.lower().endswith(ending) else f"{title}{ending}"

    @property
    def url(self) -> str:
        """Where everybody can take it."""
        return f"{settings.MEDIA_URL}{self.file.name}"

    @property
    def warnings(self) -> tuple[Sentence, ...]:
        """What hinders readers of it, for whoever puts it on a page."""
        return warnings_of(tagged=self.tagged, has_text=self.has_text, locked=self.locked)

    def _set_document_file_metadata(self) -> None:
        """As Wagtail's, which calls this whenever a file comes; a PDF is read."""
        super()._set_document_file_metadata()
        self.pages = self.tagged = self.has_text = self.locked = None
        if str(self.file.name).lower().endswith(".pdf"):
            with self.open_file() as file:
                facts = pdf_facts(file.read())
            self.file.seek(0)
            self.pages, self.tagged = facts.pages, facts.tagged
            self.has_text, self.locked = facts.has_text, facts.locked
