"""A question that somebody did not find an answer to (答えのない質問)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tsunagari.kernel.ids import new_public_id

LONGEST_QUESTION = 300
"""Characters of a question that is sent."""
LONGEST_REASON = 200


class UnansweredQuestion(models.Model):
    """What somebody asked, in her own words; never who. A year after it came it is deleted.

    `answer` is the public id of the page that answers it, perhaps still a draft. A merged one says in `merged_into`
    with which it was put together, and follows its answer. `reason` is why it was laid aside.
    """

    class States(models.TextChoices):
        """What has become of it."""

        WAITING = "waiting", _("答えを待っている")
        ANSWERED = "answered", _("答えを書いた")
        MERGED = "merged", _("ほかの質問とまとめた")
        ASIDE = "aside", _("答えないことにした")

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    text = models.CharField(max_length=LONGEST_QUESTION)
    language = models.CharField(max_length=10)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=States, default=States.WAITING)
    answer = models.CharField(max_length=22, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="merged"
    )
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=22, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "at"], name="content_unanswered_waiting")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.public_id}"
