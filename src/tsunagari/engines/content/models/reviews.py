"""That somebody read a page again and found it right, year by year; and timed publishing that was refused."""

from django.db import models


class PageReview(models.Model):
    """A division read its page on a day in Japan and found it right (内容は正しい)."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="reviews")
    division = models.CharField(max_length=50)
    day = models.DateField()
    reviewed_by = models.CharField(max_length=22)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "day"], name="content_page_review_once_a_day")
        ]
        indexes = [models.Index(fields=["day", "division"], name="content_page_review_year")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.day}"


class RefusedSchedule(models.Model):
    """A version that was to be published at a time, and was not.

    It was refused, and is tried no more: `rules` are those of its faults of level A. Or something broke, for a page that
    was to end as well: then it is tried again at `retry_at`, after `attempts` times in vain.
    """

    page = models.OneToOneField(
        "wagtailcore.Page", on_delete=models.CASCADE, related_name="refused_schedule"
    )
    division = models.CharField(max_length=50, blank=True)
    due_at = models.DateTimeField()
    refused_at = models.DateTimeField()
    rules = models.JSONField(default=list)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.page_id} {self.due_at:%Y-%m-%d %H:%M}"
