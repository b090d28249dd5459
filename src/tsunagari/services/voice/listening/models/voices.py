"""Letters to the city, drafts of their answers, and what was published of them."""

from typing import ClassVar

from django.db import models

from tsunagari.kernel.ids import new_public_id


class Voice(models.Model):
    """A letter from a resident. What she typed, `name`, `mail` and `age` go when `erased_at` is set.

    `about` is the division that she chose ("" for none), `division` the one that answers.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    number = models.CharField(max_length=20, unique=True)
    code_print = models.CharField(max_length=64)
    submission = models.CharField(max_length=64, unique=True)
    received_at = models.DateTimeField()
    language = models.CharField(max_length=5, default="ja")
    about = models.CharField(max_length=50, blank=True)
    text = models.TextField(blank=True)
    wants_answer = models.BooleanField(default=True)
    mail = models.CharField(max_length=254, blank=True)
    name = models.CharField(max_length=100, blank=True)
    age = models.CharField(max_length=2, blank=True)
    may_publish = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="received")
    division = models.CharField(max_length=50, blank=True)
    due = models.DateField(null=True, blank=True)
    category = models.CharField(max_length=20, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    answer = models.TextField(blank=True)
    approved_by = models.CharField(max_length=22, blank=True)
    receipt_mailed_at = models.DateTimeField(null=True, blank=True)
    answer_mailed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-received_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["state", "division"], name="listening_voice_state"),
            models.Index(fields=["erased_at", "ended_at"], name="listening_voice_ended"),
        ]

    def __str__(self) -> str:
        return self.number


class Draft(models.Model):
    """A saved draft of an answer; the newest one counts, the older ones stay. `comment` is what the head said
    when she gave it back."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="drafts")
    text = models.TextField()
    made_at = models.DateTimeField()
    actor = models.CharField(max_length=22)
    comment = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.public_id


class PublishedVoice(models.Model):
    """What residents read: a letter and its answer in the city's wording, without the person."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    voice = models.OneToOneField(Voice, on_delete=models.PROTECT, related_name="published")
    title = models.CharField(max_length=100)
    question = models.TextField()
    answer = models.TextField()
    category = models.CharField(max_length=20)
    division = models.CharField(max_length=50)
    answered_on = models.DateField()
    published_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-answered_on", "-pk"]

    def __str__(self) -> str:
        return self.title
