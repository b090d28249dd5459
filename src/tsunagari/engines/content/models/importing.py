"""An old site that is brought over: what was asked for, and each of its pages with what was found on it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from tsunagari.kernel.ids import new_public_id


class SiteImport(models.Model):
    """One bringing over. `kept` is the folder in the data folder where an uploaded source lies, "" for one named by a command.

    `total` and `done` count pages of the source. `division` answers for the drafts.
    """

    class States(models.TextChoices):
        """How far it is."""

        LOOKED_AT = "looked_at", _("確かめています")
        WAITING = "waiting", _("順番を待っています")
        RUNNING = "running", _("取り込んでいます")
        DONE = "done", _("終わりました")

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    source = models.CharField(max_length=300)
    kept = models.CharField(max_length=22, blank=True)
    address = models.CharField(max_length=300, blank=True)
    below = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    division = models.CharField(max_length=50)
    state = models.CharField(max_length=10, choices=States.choices, default=States.LOOKED_AT)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    missing = models.JSONField(default=list)
    asked_by = models.CharField(max_length=22, blank=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.source


class ImportedPage(models.Model):
    """An old page that came over, by its address. `page` is None where it gave none, or a clerk deleted the draft.

    `content_print` is that of what the old page said, by which a second import sees whether it changed. `revision` is
    the version that the import wrote: while it is the page's latest, no clerk has touched it; None until it is written.
    `links` counts links that still lead to the old site. `notes` and `faults` are sentences as data.
    """

    address = models.CharField(max_length=600, unique=True)
    title = models.CharField(max_length=255)
    brought_by = models.ForeignKey(SiteImport, on_delete=models.CASCADE, related_name="pages")
    page = models.ForeignKey(Page, null=True, on_delete=models.SET_NULL, related_name="+")
    revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    content_print = models.CharField(max_length=64)
    written = models.BooleanField(default=False)
    files = models.JSONField(default=dict)
    links = models.JSONField(default=list)
    notes = models.JSONField(default=list)
    faults = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.address
