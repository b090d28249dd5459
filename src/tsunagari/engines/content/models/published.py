"""What of the pages is published now: one row a page and language, from which every list is read.

A projection of Wagtail's pages, written when a page is published, moved or taken away
(`actions/show_page.py`).
"""

from typing import Any

from django.db import models
from wagtail.models import Page

from tsunagari.engines.content.declare import Kind


class Published(models.Model):
    """A page that residents can read. `path` is its address below its language's prefix, "kurashi/todokede/".

    `day` is the day it is listed under: of its news, of the beginning of its event, else of its last publishing.
    `translations` binds the languages of one page. `order` is its place among its siblings.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="published")
    public_id = models.CharField(max_length=22, unique=True)
    language = models.CharField(max_length=10)
    path = models.CharField(max_length=500)
    parent_path = models.CharField(max_length=500, blank=True)
    depth = models.PositiveSmallIntegerField()
    order = models.CharField(max_length=255)
    kind = models.CharField(max_length=10)
    translations = models.UUIDField(db_index=True)
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    icon = models.CharField(max_length=50, blank=True)
    division = models.CharField(max_length=50, blank=True)
    category = models.CharField(max_length=50, blank=True)
    urgent = models.BooleanField(default=False)
    day = models.DateField()
    begins = models.DateTimeField(null=True, blank=True)
    ends = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    checked_on = models.DateField(null=True, blank=True)
    first_published_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "published"
        constraints = [
            models.UniqueConstraint(
                fields=["language", "path"], name="content_published_one_address"
            ),
        ]
        indexes = [
            models.Index(fields=["language", "kind", "-day"], name="content_published_newest"),
            models.Index(fields=["language", "kind", "begins"], name="content_published_begins"),
            models.Index(
                fields=["language", "parent_path", "order"], name="content_published_below"
            ),
            models.Index(
                fields=["language", "division", "kind"], name="content_published_division"
            ),
            models.Index(fields=["language", "-changed_at"], name="content_published_changed"),
        ]

    def __str__(self) -> str:
        return f"{self.language} /{self.path}"

    @property
    def told_kind(self) -> Kind:
        """The kind as the literal that plain data carries."""
        return self.kind  # type: ignore[return-value]  # written from Kind only


class Label(models.Model):
    """What a published page is about: a life event, an age, a class of disability; by the codes of the city pack."""

    published = models.ForeignKey(Published, on_delete=models.CASCADE, related_name="labels")
    sort = models.CharField(max_length=20)
    code = models.CharField(max_length=50)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["published", "sort", "code"], name="content_label_once"
            ),
        ]
        indexes = [models.Index(fields=["sort", "code"], name="content_label_found")]

    def __str__(self) -> str:
        return f"{self.published_id}: {self.sort} {self.code}"


class FormerAddress(models.Model):
    """An address that a page had: whoever follows it is led to where the page is now."""

    language = models.CharField(max_length=10)
    path = models.CharField(max_length=500)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="former_addresses")
    left_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "former addresses"
        constraints = [
            models.UniqueConstraint(fields=["language", "path"], name="content_former_address_once")
        ]

    def __str__(self) -> str:
        return f"{self.language} /{self.path}"


def path_of(page: Any) -> str:
    """The address of a page below the home of its language: "kurashi/todokede/"; "" for the home itself."""
    return "/".join(str(page.url_path).split("/")[2:])
