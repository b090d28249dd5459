"""Where pages lead: one row for each link of a published page, so that a dead address names its pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LinkUse(models.Model):
    """A link on a published page. `address` is as the page keeps it: an address, "page:3" or "document:7".

    `fault` says what is wrong with a link within the site; whether an outward address lives, `CheckedLink` knows.
    """

    class Faults(models.TextChoices):
        """Why a link within the site leads nowhere."""

        UNPUBLISHED = "unpublished", _("公開していないページ")
        MISSING = "missing", _("なくなったページ")
        FILE = "file", _("なくなったファイル")
        ANCHOR = "anchor", _("なくなった見出し")

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="link_uses")
    division = models.CharField(max_length=50, blank=True)
    address = models.CharField(max_length=1000)
    text = models.CharField(max_length=200, blank=True)
    part = models.CharField(max_length=100, blank=True)
    outward = models.BooleanField(default=False)
    fault = models.CharField(max_length=12, choices=Faults, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["address"], name="content_link_use_address"),
            models.Index(
                fields=["fault"], condition=~models.Q(fault=""), name="content_link_use_fault"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page_id} → {self.address}"
