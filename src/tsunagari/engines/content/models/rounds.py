"""Work on many pages at once: a round walks them in batches, can be left and found again, and keeps what it did."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tsunagari.kernel.ids import new_public_id


class Round(models.Model):
    """One walk over many pages. `reached` is the key of the last page that is done: after a crash it goes on behind it.

    A round of mends has two walks: it prepares a preview, waits for a clerk, then applies what she left ticked.
    `rule` is the rule whose faults it mends, or "" where one address (`before`) gives way to another (`after`); in a
    handing over both are codes of divisions. `actor` and `division` are of whoever asked, "" for the night.
    """

    class Kinds(models.TextChoices):
        """What is done with the pages."""

        CHECK = "check", _("点検")
        MEND = "mend", _("まとめて直す")
        LINKS = "links", _("リンクの確認")
        HAND_OVER = "hand_over", _("組織変更の引き継ぎ")

    class States(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("始まるのを待っています")
        RUNNING = "running", _("進んでいます")
        READY = "ready", _("確かめるのを待っています")
        ASKED = "asked", _("直し始めるのを待っています")
        APPLYING = "applying", _("直しています")
        DONE = "done", _("終わりました")
        DROPPED = "dropped", _("やめました")

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    kind = models.CharField(max_length=10, choices=Kinds)
    state = models.CharField(max_length=10, choices=States, default=States.WAITING)
    rule = models.CharField(max_length=60, blank=True)
    before = models.CharField(max_length=1000, blank=True)
    after = models.CharField(max_length=1000, blank=True)
    publishes = models.BooleanField(default=False)
    actor = models.CharField(max_length=22, blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    division = models.CharField(max_length=50, blank=True)
    everywhere = models.BooleanField(default=False)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    reached = models.BigIntegerField(default=0)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["kind", "-asked_at"], name="content_round_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.asked_at:%Y-%m-%d %H:%M}"


class PlannedMend(models.Model):
    """One field of one page that a round would change: what stands there, what would, and what became of it.

    `revision` is the page's newest version at the preview (None: it had none): a page that changed since is left alone.
    """

    class Outcomes(models.TextChoices):
        """What became of it."""

        PUBLISHED = "published", _("直して公開しました")
        DRAFT = "draft", _("下書きを直しました")
        CHANGED = "changed", _("確かめたあとでページが変わったので、直していません")
        LOCKED = "locked", _("ロックされているか、公開を予約しているので、直していません")
        EDITED = "edited", _("ほかの人が書いているので、直していません")
        APPROVAL = "approval", _("承認を待っているので、直していません")
        FOREIGN = "foreign", _("ほかの課のページなので、直していません")
        REFUSED = "refused", _("ほかに公開できない問題があるので、下書きだけ直しました")
        UNFINISHED = "unfinished", _("書きかけの下書きがあるので、公開せずに下書きを直しました")
        GONE = "gone", _("ページがなくなっていました")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="mends")
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=255)
    division = models.CharField(max_length=50, blank=True)
    revision = models.BigIntegerField(null=True)
    part = models.CharField(max_length=100)
    field = models.CharField(max_length=200, blank=True)
    value = models.JSONField()
    was = models.TextField(blank=True)
    becomes = models.TextField(blank=True)
    chosen = models.BooleanField(default=True)
    outcome = models.CharField(max_length=10, choices=Outcomes, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "page", "part", "field"], name="content_planned_mend_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.page_id} {self.part}.{self.field}"
