"""What is decided of measures for the next year, and what might be taken up from outside."""

from typing import ClassVar

from django.db import models

from tsunagari.engines.cycle.declare import DECISIONS
from tsunagari.engines.cycle.models.cycles import Cycle
from tsunagari.engines.cycle.models.sheets import Sheet
from tsunagari.kernel.ids import new_public_id


class Decision(models.Model):
    """How measures go on after a year (見直し). It holds nothing that the plan says twice: what is to be
    new is in its heirs, revisions and text revisions.

    `sheets` are the measures it is about: one; several for a merger; none for a new one. `criteria` says
    of each criterion that was set beforehand whether it was met: [{"text", "met"}]. `against` is why a
    stage is moved though not all are. Once it is carried out (`carried_at`), it stays as it is.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="decisions")
    sheets = models.ManyToManyField(Sheet, related_name="decisions")
    kind = models.CharField(max_length=10, choices=list(DECISIONS.items()))
    reason = models.TextField()
    stage_from = models.CharField(max_length=20, blank=True)
    stage_to = models.CharField(max_length=20, blank=True)
    criteria = models.JSONField(default=list)
    against = models.CharField(max_length=500, blank=True)
    candidate = models.ForeignKey(
        "cycle.Candidate", on_delete=models.PROTECT, null=True, related_name="decisions"
    )
    from_year = models.PositiveSmallIntegerField(null=True)
    decided_at = models.DateTimeField()
    actor = models.CharField(max_length=22)
    carried_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["decided_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"


class Heir(models.Model):
    """A measure that a decision makes: its number, name and divisions; the rest it takes over.

    `indicators` are the plan's public ids of those that go on with it. `kind` is how it is managed, by the
    plan's word, "" where it was decided before one could choose: as its origins were. `managed_in` names the
    plan of one that is managed elsewhere. `measure` is the plan's public id once the decision is carried
    out, "" before.
    """

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="heirs")
    number = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    section = models.SlugField(max_length=60)
    divisions = models.JSONField(default=list)
    indicators = models.JSONField(default=list)
    planned = models.TextField(blank=True)
    kind = models.CharField(max_length=12, blank=True, default="")
    managed_in = models.CharField(max_length=200, blank=True, default="")
    order = models.PositiveSmallIntegerField()
    measure = models.CharField(max_length=22, blank=True)

    class Meta:
        ordering: ClassVar = ["order"]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def called(self, language: str) -> str:
        """The name in "ja" or "en"; the Japanese one where it was given no other."""
        return (self.name_en or self.name) if language == "en" else self.name


class Revision(models.Model):
    """A target that a decision changes: old figure, new figure, reason. `indicator` is the plan's public id;
    None stands for no target."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="revisions")
    indicator = models.CharField(max_length=22)
    fiscal_year = models.PositiveSmallIntegerField()
    old = models.DecimalField(max_digits=19, decimal_places=4, null=True)
    new = models.DecimalField(max_digits=19, decimal_places=4, null=True)
    reason = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["decision", "indicator", "fiscal_year"], name="cycle_one_revision_a_target"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.fiscal_year}"


class TextRevision(models.Model):
    """A text of an indicator that a decision changes: old text, new text, reason. `indicator` is the plan's
    public id, `key` the plan's sign of the text ("name", "name.en", "unit" …); "" stands for no text."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="text_revisions")
    indicator = models.CharField(max_length=22)
    key = models.CharField(max_length=30)
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    reason = models.CharField(max_length=300)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["decision", "indicator", "key"], name="cycle_one_revision_a_text"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.key}"


class Candidate(models.Model):
    """Something that a driver asks of the next action plan, and whether it is taken up (policy 4).

    `driver` is the plan's public id; name, kind, source and day are kept as they were, so that the reason
    stays readable when the driver changes. `measure` is the plan's public id, "" for something new.
    """

    STATES: ClassVar = [("open", "open"), ("taken", "taken"), ("not_taken", "not_taken")]

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    cycle = models.ForeignKey(Cycle, on_delete=models.CASCADE, related_name="candidates")
    driver = models.CharField(max_length=22)
    driver_kind = models.CharField(max_length=20)
    driver_name = models.CharField(max_length=200)
    driver_source = models.CharField(max_length=300, blank=True)
    driver_issued = models.CharField(max_length=40, blank=True)
    measure = models.CharField(max_length=22, blank=True)
    text = models.TextField()
    state = models.CharField(max_length=10, choices=STATES, default="open")
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField()
    actor = models.CharField(max_length=22)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=22, blank=True)

    class Meta:
        ordering: ClassVar = ["driver_kind", "made_at", "id"]

    def __str__(self) -> str:
        return self.driver_name
