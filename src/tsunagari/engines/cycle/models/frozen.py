"""Years that are closed: their content as it was sealed, every erratum as a version, and the files made of it."""

from typing import ClassVar

from django.db import models

from tsunagari.engines.cycle.models.cycles import Cycle
from tsunagari.kernel.ids import new_public_id


class Frozen(models.Model):
    """One version of a closed year. Version 1 is what was published; each later one is an erratum.

    `content` is the canonical JSON of {"ja": yearbook, "en": yearbook}; `sha256` is its seal, which also
    stands in the ledger. `corrections` says what an erratum changed:
    [{"measure", "place", "title", "before", "after"}]. Nothing here is ever written again.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="frozen")
    version = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    reason = models.CharField(max_length=500, blank=True)
    corrections = models.JSONField(default=list)
    frozen_at = models.DateTimeField()
    actor = models.CharField(max_length=22, blank=True)

    class Meta:
        ordering: ClassVar = ["version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cycle", "version"], name="cycle_one_frozen_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.cycle} {self.version}"


class FrozenFile(models.Model):
    """A file made of a frozen year, kept as it was made first: the same bytes for ever, whatever the
    programs that made it become. `kind` is its ending (pdf, xlsx, csv …), `language` ja or en."""

    frozen = models.ForeignKey(Frozen, on_delete=models.PROTECT, related_name="files")
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["frozen", "kind", "language"], name="cycle_one_file_a_kind"
            )
        ]

    def __str__(self) -> str:
        return f"{self.frozen} {self.kind} {self.language}"
