"""An emergency that every page says (緊急のお知らせ)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tsunagari.kernel.ids import new_public_id


class Emergency(models.Model):
    """One announcement from its beginning to its end. `light` turns the home into the light emergency page.

    `texts` holds title, text and what to do by language: {"ja": {"title": …, "text": …, "todo": …}, "en": …,
    "easy": …}, and the address of the page to read on in it, "address". A new wording supersedes the old row, which
    ends then; nothing is overwritten. `supersedes` is the public id of the wording before, "" for the first.
    `begun_by` is "" where it was begun by command.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    texts = models.JSONField(default=dict)
    address = models.CharField(_("くわしいページのアドレス"), max_length=500, blank=True)
    light = models.BooleanField(_("ホームを緊急ページにする"), default=False)
    drill = models.BooleanField(_("訓練"), default=False)
    supersedes = models.CharField(max_length=22, blank=True)
    begun_at = models.DateTimeField()
    begun_by = models.CharField(max_length=22, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=22, blank=True)

    class Meta:
        verbose_name_plural = "emergencies"
        constraints = [
            models.UniqueConstraint(
                fields=["drill"], condition=Q(ended_at__isnull=True), name="content_one_emergency"
            )
        ]

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d %H:%M} {self.public_id}"
