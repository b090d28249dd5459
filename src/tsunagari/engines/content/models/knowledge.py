"""What the city knows beside a page when it is checked: words to replace, links that are dead."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from tsunagari.engines.content.rules.pieces import Knowledge, Language, Replacement
from tsunagari.engines.content.rules.site_file import site_words
from tsunagari.kernel.design.city_look import city_look
from tsunagari.kernel.ids import new_public_id


class ReplaceWord(models.Model):
    """A word that the city does not write, and what it writes instead ("" where that depends)."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    language = models.CharField(_("ことば"), max_length=10, default="ja")
    wrong = models.CharField(_("使わない言葉"), max_length=100)
    right = models.CharField(_("かわりに書く言葉"), max_length=100, blank=True)
    reason = models.CharField(_("理由"), max_length=200, blank=True)

    class Meta:
        ordering = ["wrong"]
        constraints = [
            models.UniqueConstraint(fields=["language", "wrong"], name="content_replace_word_once")
        ]

    def __str__(self) -> str:
        return f"{self.wrong} → {self.right}"


class CheckedLink(models.Model):
    """An address that pages lead to, and what it answered. `status` is an HTTP status, 0: no answer, None: not asked yet.

    It is dead when it failed twice in a row: one bad night of another site is no fault of ours.
    """

    address = models.URLField(max_length=1000, unique=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(null=True, blank=True)
    failed_since = models.DateTimeField(null=True, blank=True)

    DEAD_AFTER = 2

    class Meta:
        indexes = [models.Index(fields=["failures"], name="content_checked_link_dead")]

    def __str__(self) -> str:
        return f"{self.address}: {self.status}"


class Finding(models.Model):
    """What the last check found on a page, as it is published or as its newest draft: one row for each rule.

    `live` says that residents see it, `mendable` how many of the faults know a mend. `part` is where the first of them
    stands and `found` its letters, `words` are the letters of all of them; `since` is when it was first found.
    """

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="findings")
    division = models.CharField(max_length=50)
    language = models.CharField(max_length=10)
    rule = models.CharField(max_length=60)
    level = models.CharField(max_length=6)
    count = models.PositiveIntegerField()
    mendable = models.PositiveIntegerField(default=0)
    live = models.BooleanField(default=False)
    part = models.CharField(max_length=100, blank=True)
    found = models.CharField(max_length=120, blank=True)
    words = models.JSONField(default=list)
    since = models.DateTimeField(null=True)
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "rule"], name="content_finding_once")
        ]
        indexes = [models.Index(fields=["rule", "division"], name="content_finding_by_rule")]

    def __str__(self) -> str:
        return f"{self.page_id} {self.rule}: {self.count}"


def knowledge_for(language: Language, title: str) -> Knowledge:
    """Everything that the rules may ask about the city. Two questions to the database."""
    words = ReplaceWord.objects.filter(language=language)
    dead = CheckedLink.objects.filter(failures__gte=CheckedLink.DEAD_AFTER)
    contacts = site_words(settings.CITY_PACK).contacts.values()
    telephones = {city_look().telephone, *(each.telephone for each in contacts)}
    return Knowledge(
        language=language,
        title=title,
        replace_words=tuple(
            Replacement(wrong=each.wrong, right=each.right, reason=each.reason) for each in words
        ),
        dead=frozenset(dead.values_list("address", flat=True)),
        telephones=frozenset(telephones) - {""},
        emails=frozenset(each.mail for each in contacts) - {""},
        prefixes=tuple(sorted({each.rpartition("-")[0] for each in telephones if "-" in each})),
        hosts=frozenset(name.lstrip(".") for name in settings.ALLOWED_HOSTS),
        longest_sentence=40 if language == "easy" else 100,
    )
