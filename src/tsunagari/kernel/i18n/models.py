"""Translations of texts that stand in other rooms' tables."""

from typing import ClassVar

from django.db import models


class Translation(models.Model):
    """One field of one thing in one language, and which Japanese text it was made from.

    `table` is the model's label ("plan.measure"), `public_id` the thing's, `source_hash` the hash of
    the Japanese text that was translated: if that text has changed since, the translation is outdated.
    """

    table = models.CharField(max_length=100)
    public_id = models.CharField(max_length=22)
    field = models.CharField(max_length=50)
    language = models.CharField(max_length=20)
    text = models.TextField()
    source_hash = models.CharField(max_length=64)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "table", "public_id", "field", "language", name="i18n_one_translation"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table}.{self.field} {self.language}"
