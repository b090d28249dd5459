"""What readers say of a page: how often it helped, and how often not. Never who said so."""

from django.db import models


class Usefulness(models.Model):
    """Answers to "was this useful?" of one page, language and day in Japan."""

    public_id = models.CharField(max_length=22)
    language = models.CharField(max_length=10)
    day = models.DateField()
    helped = models.PositiveIntegerField(default=0)
    not_helped = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "usefulness"
        constraints = [
            models.UniqueConstraint(
                fields=["public_id", "language", "day"], name="content_usefulness_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.public_id} {self.day}: {self.helped}+ {self.not_helped}-"
