"""Tables of the edge: what was purged, and whether the site is read-only."""

from django.db import models


class Purge(models.Model):
    """A thing that changed: answers made of it are dropped by every process that hears of it.

    `transaction` is PostgreSQL's number of the transaction that wrote the row, by which a reader tells what
    was committed since it looked last; 0 on SQLite, whose rows are committed in the order of their keys.
    """

    name = models.CharField(max_length=200)
    transaction = models.BigIntegerField(default=0, db_index=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.name


class ReadOnlySwitch(models.Model):
    """Whether the whole installation is read-only; one row, or none before it was ever switched."""

    on = models.BooleanField()
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"{'on' if self.on else 'off'} since {self.since:%Y-%m-%d %H:%M}"
