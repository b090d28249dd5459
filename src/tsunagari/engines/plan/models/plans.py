"""Plans and the lists or fields in which they set out their measures."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tsunagari.kernel.ids import new_public_id


class Edition(models.Model):
    """One row: a word that changes with every write to the plan, so that what was read can be kept.

    Pages keep plans in memory under this word; whoever writes turns it (actions/turn_edition.py).
    """

    word = models.CharField(max_length=22)

    def __str__(self) -> str:
        return self.word


class Plan(models.Model):
    """A policy or plan of several fiscal years. `letter` is how measures are quoted: P/2.

    Some parts are read with every page and never alone, so they are no tables:
    `labels`: what the plan calls its columns (所管課 or 担当課 …), by column and language.
    `issues` (中心課題) and `viewpoints` (重視する視点): [{"code", "name": {"ja", …}, "outline": {"ja", …}}].
    `scale`: thresholds and grades, as rules/grades.py reads it. `told`: what the pack said last.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    letter = models.CharField(max_length=12, unique=True)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60)
    idea = models.CharField(max_length=200, blank=True)
    outline = models.TextField(blank=True)
    source = models.CharField(max_length=300)
    list_name = models.CharField(max_length=100)
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    predecessor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="successors"
    )
    labels = models.JSONField(default=dict)
    issues = models.JSONField(default=list)
    viewpoints = models.JSONField(default=list)
    scale = models.JSONField(default=dict)
    told = models.JSONField(default=dict, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(first_year__lte=F("last_year")), name="plan_begins_before_it_ends"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Section(models.Model):
    """A list or field (重点分野) in which a plan sets out its measures, in the plan's order."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="sections")
    code = models.SlugField(max_length=60)
    kind = models.CharField(max_length=10, default="list")
    name = models.CharField(max_length=200)
    outline = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField()
    told = models.JSONField(default=dict, editable=False)

    class Meta:
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "code"], name="plan_one_section_a_code")
        ]

    def __str__(self) -> str:
        return self.name


class Edit(models.Model):
    """One field of the plan that a person changed: what stood there, what stands there now, why.

    `thing` is the public id of the plan, measure or indicator; `language` is "ja" or the translation's.
    Drivers and assets surround all plans: their edits belong to none. Together with the superseded figures, these rows tell how the plan read on any day.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, null=True, related_name="edits")
    thing = models.CharField(max_length=22, db_index=True)
    kind = models.CharField(max_length=12)
    field = models.CharField(max_length=40)
    language = models.CharField(max_length=8, default="ja")
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    actor = models.CharField(max_length=22, blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.field}"
