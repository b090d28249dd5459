"""The ledger's tables: arrivals, entries with positions, cursors and seals."""

from django.db import models

from tsunagari.kernel.ids import new_public_id


class Happening(models.Model):
    """What arrivals and entries both hold."""

    public_id = models.CharField(max_length=22, default=new_public_id, editable=False)
    name = models.CharField(max_length=100)
    recorded_at = models.DateTimeField()
    subject = models.CharField(max_length=22)
    actor = models.CharField(max_length=22, blank=True)
    division = models.CharField(max_length=50, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        abstract = True


class Arrival(Happening):
    """An event written in its change's transaction, waiting for its position.

    A row that commits late simply waits here: the sequencer never passes it by.
    """

    id = models.BigAutoField(primary_key=True)

    def __str__(self) -> str:
        return f"{self.name} (waiting)"


class Entry(Happening):
    """An event of the ledger. Never changed; removed only with its whole sealed batch."""

    position = models.BigIntegerField(primary_key=True)

    class Meta:
        verbose_name_plural = "entries"
        constraints = [models.UniqueConstraint(fields=["public_id"], name="ledger_entry_public_id")]
        indexes = [
            models.Index(fields=["name", "position"], name="ledger_entry_name"),
            models.Index(fields=["subject", "position"], name="ledger_entry_subject"),
            models.Index(fields=["actor", "position"], name="ledger_entry_actor"),
            models.Index(fields=["recorded_at"], name="ledger_entry_recorded_at"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.name}"


class Cursor(models.Model):
    """How far a follower has come. The sequencer's own cursor is the ledger's last position."""

    name = models.CharField(max_length=100, primary_key=True)
    position = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} at {self.position}"


class Seal(models.Model):
    """A batch closed by a hash that covers it and the seal before."""

    number = models.BigIntegerField(primary_key=True)
    first_position = models.BigIntegerField()
    last_position = models.BigIntegerField()
    content = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    emptied_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"seal {self.number} ({self.first_position}-{self.last_position})"


class Unheard(models.Model):
    """An event that a listener failed on; after the last attempt it is set aside for people."""

    listener = models.CharField(max_length=100)
    position = models.BigIntegerField()
    attempts = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=200)
    next_attempt_at = models.DateTimeField()
    set_aside_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "unheard"
        constraints = [
            models.UniqueConstraint(fields=["listener", "position"], name="ledger_unheard_once")
        ]

    def __str__(self) -> str:
        return f"{self.listener} at {self.position}"
