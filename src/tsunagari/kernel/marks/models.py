"""The table of marks."""

from django.db import models


class Mark(models.Model):
    """The last time that something was done, by its name: when, and plain facts about it. No person stands in it."""

    name = models.CharField(max_length=50, primary_key=True)
    at = models.DateTimeField()
    details = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M}"
