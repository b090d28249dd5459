"""What stands around a plan: why measures exist (drivers) and what the city already has (assets)."""

from typing import ClassVar

from django.db import models

from tsunagari.engines.plan.models.measures import Measure
from tsunagari.kernel.ids import new_public_id


class Driver(models.Model):
    """A law, guideline, technology or local issue from which measures follow (policy 4).

    kind: state_and_tokyo (国・都の情報政策), technology (技術動向) or town (まちづくり). `issued_on` is the
    day it was issued, None where only its year is known (`issued_year`).
    """

    KINDS: ClassVar = [
        ("state_and_tokyo", "state_and_tokyo"),
        ("technology", "technology"),
        ("town", "town"),
    ]

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=KINDS)
    name = models.CharField(max_length=200)
    issuer = models.CharField(max_length=100, blank=True)
    issued_on = models.DateField(null=True)
    issued_year = models.PositiveSmallIntegerField(null=True)
    source = models.CharField(max_length=300)
    address = models.URLField(max_length=500, blank=True)
    outline = models.TextField(blank=True)
    measures = models.ManyToManyField(Measure, related_name="drivers")
    order = models.PositiveSmallIntegerField()
    told = models.JSONField(default=dict, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["order"]

    def __str__(self) -> str:
        return self.name


class Asset(models.Model):
    """A piece of information infrastructure that exists (third plan 3.4(1)): what, since when, at what cost.

    `yearly_cost` is in yen; None where it is not known. `verdict` is keep, promote or review; "" while
    nobody has judged. `use` says in words how far it is used.
    """

    VERDICTS: ClassVar = [("", ""), ("keep", "keep"), ("promote", "promote"), ("review", "review")]

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    outline = models.TextField(blank=True)
    division = models.CharField(max_length=60, blank=True)
    since_year = models.PositiveSmallIntegerField(null=True)
    yearly_cost = models.BigIntegerField(null=True)
    use = models.CharField(max_length=300, blank=True)
    verdict = models.CharField(max_length=10, choices=VERDICTS, blank=True)
    source = models.CharField(max_length=300)
    measures = models.ManyToManyField(Measure, related_name="assets")
    order = models.PositiveSmallIntegerField()
    told = models.JSONField(default=dict, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["order"]

    def __str__(self) -> str:
        return self.name
