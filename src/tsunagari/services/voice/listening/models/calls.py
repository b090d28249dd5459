"""Calls for comments (パブリックコメント), their documents, letters, opinions, and groups of these."""

from typing import ClassVar

from django.db import models

from tsunagari.kernel.ids import new_public_id


class Call(models.Model):
    """A call for comments on a draft. `decision` and `results_decision` are draft, asked or approved; in which
    phase it stands is told by the clock (rules/calls.py). `parts` are the draft's parts, one a line."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    division = models.CharField(max_length=50)
    title = models.CharField(max_length=120)
    summary = models.TextField()
    why = models.TextField(blank=True)
    use = models.TextField(blank=True)
    who = models.TextField(blank=True)
    contact = models.TextField()
    parts = models.TextField(blank=True)
    opens = models.DateField()
    closes = models.DateField()
    short_reason = models.TextField(blank=True)
    asks_name = models.BooleanField(default=False)
    asks_address = models.BooleanField(default=False)
    kept_days = models.PositiveSmallIntegerField(default=180)
    publish_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=10, default="draft")
    comment = models.TextField(blank=True)
    results_decision = models.CharField(max_length=10, default="draft")
    results_text = models.TextField(blank=True)
    changed_parts = models.TextField(blank=True)
    results_at = models.DateTimeField(null=True, blank=True)
    senders_erased_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-opens", "-pk"]

    def __str__(self) -> str:
        return self.title


class CallDocument(models.Model):
    """A document of a call, in the store of files; `of_results` for one that came with the results."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="documents")
    title = models.CharField(max_length=120)
    of_results = models.BooleanField(default=False)
    stored = models.CharField(max_length=22)
    file_name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["of_results", "pk"]

    def __str__(self) -> str:
        return self.title


class Letter(models.Model):
    """What one person sent on a call: one letter, one or several opinions. Who she is goes when
    `erased_at` is set; what she wrote stays."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="letters")
    number = models.CharField(max_length=20, unique=True)
    code_print = models.CharField(max_length=64, blank=True)
    submission = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=10, default="web")
    received_at = models.DateTimeField()
    language = models.CharField(max_length=5, default="ja")
    part = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    name = models.CharField(max_length=100, blank=True)
    address = models.CharField(max_length=200, blank=True)
    mail = models.CharField(max_length=254, blank=True)
    age = models.CharField(max_length=2, blank=True)
    tie = models.CharField(max_length=10, blank=True)
    receipt_mailed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["received_at", "pk"]

    def __str__(self) -> str:
        return self.number


class Group(models.Model):
    """Opinions that say the same, in one wording, with the city's answer. `version` counts its writings."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="groups")
    title = models.CharField(max_length=120)
    summary = models.TextField()
    kind = models.CharField(max_length=12, blank=True)
    answer = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return self.title


class Opinion(models.Model):
    """One opinion of a letter: all of it, or one of the pieces into which clerks have split it."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="opinions")
    text = models.TextField()
    order = models.PositiveSmallIntegerField(default=0)
    groups = models.ManyToManyField(Group, related_name="opinions", blank=True)

    class Meta:
        ordering: ClassVar = ["letter__received_at", "letter_id", "order", "pk"]

    def __str__(self) -> str:
        return self.public_id
