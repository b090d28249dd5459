"""Running numbers by fiscal year."""

from typing import ClassVar

from django.db import models


class Serial(models.Model):
    """The last number given in a fiscal year; `kind` is "" for letters, "P" for opinions."""

    kind = models.CharField(max_length=1, blank=True)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "year"], name="listening_one_serial")
        ]

    def __str__(self) -> str:
        return f"{self.kind}{self.year}-{self.last}"
