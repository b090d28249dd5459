"""Hints that the secretariat has set aside, each until what it rests on changes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tsunagari.engines.cycle.declare import HINTS
from tsunagari.kernel.ids import new_public_id


class HintSetAside(models.Model):
    """A hint of a plan that needs no more attention, and why. `thing` is what it is about (an indicator's public id, a
    measure's with a field …), `seen` the print of what it rests on (rules/prints.py): when that is another,
    the hint is there again. `ended_at` says when somebody wanted to see it again before."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    plan = models.SlugField(max_length=60)
    kind = models.CharField(max_length=12, choices=list(HINTS.items()))
    thing = models.CharField(max_length=60)
    seen = models.CharField(max_length=10)
    reason = models.CharField(max_length=500)
    set_at = models.DateTimeField()
    actor = models.CharField(max_length=22)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=22, blank=True)

    class Meta:
        ordering: ClassVar = ["-set_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "kind", "thing", "seen"],
                condition=Q(ended_at__isnull=True),
                name="cycle_one_hint_set_aside",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.thing}"
