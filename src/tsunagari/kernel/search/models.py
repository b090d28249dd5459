"""Tables of the search: entries, the words of all entries, and which word stands in which entry."""

from django.db import models

from tsunagari.kernel.ids import new_public_id

LONGEST_WORD = 80


class Document(models.Model):
    """An entry as it was put, and what was made of it: `terms` are the keys of its words, `digest` tells
    whether it has changed since."""

    kind = models.CharField(max_length=60)
    public_id = models.CharField(max_length=120)
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=500, db_index=True)
    address = models.CharField(max_length=500)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    keywords = models.JSONField(default=list)
    reading = models.CharField(max_length=200, blank=True, db_index=True)
    facets = models.JSONField(default=dict)
    day = models.DateField(null=True)
    weight = models.FloatField(default=1.0)
    terms = models.JSONField(default=list)
    digest = models.CharField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "public_id", "language"], name="search_document_named_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id} {self.language}"


class Term(models.Model):
    """A word of a language in its one writing. `number` counts the entries that hold it; `told` says that
    a title or a keyword does; `writings` are ways in which entries write it."""

    language = models.CharField(max_length=8)
    word = models.CharField(max_length=LONGEST_WORD, db_index=True)
    reading = models.CharField(max_length=160, blank=True, db_index=True)
    sound = models.CharField(max_length=160, blank=True, db_index=True)
    writings = models.JSONField(default=list)
    number = models.IntegerField(default=0)
    told = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "word"], name="search_term_once")
        ]

    def __str__(self) -> str:
        return self.word


class Posting(models.Model):
    """A word stands in an entry, with how much it says there. Keys without constraints: there are
    millions, written and erased with their entry."""

    pk = models.CompositePrimaryKey("term_id", "document_id")
    term_id = models.IntegerField()
    document_id = models.IntegerField()
    impact = models.SmallIntegerField()

    class Meta:
        indexes = [
            models.Index(
                "term_id", models.F("impact").desc(), "document_id", name="search_posting_best"
            )
        ]

    def __str__(self) -> str:
        return f"{self.term_id} in {self.document_id}"


class Near(models.Model):
    """A word with one letter left out: two words that share one are at most two slips apart."""

    key = models.CharField(max_length=160, db_index=True)
    term_id = models.IntegerField(db_index=True)

    def __str__(self) -> str:
        return self.key


class Synonyms(models.Model):
    """Words that mean the same, as people write them. `origin`: "pack" or "staff"."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    language = models.CharField(max_length=8)
    words = models.JSONField(default=list)
    origin = models.CharField(max_length=8)

    def __str__(self) -> str:
        return "・".join(self.words)


class SynonymWord(models.Model):
    """One word of a group: `key` is how a question names it, `terms` are the words it consists of."""

    group = models.ForeignKey(Synonyms, on_delete=models.CASCADE)
    text = models.CharField(max_length=LONGEST_WORD)
    key = models.CharField(max_length=LONGEST_WORD, db_index=True)
    terms = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.text


class Sought(models.Model):
    """What was sought on a day: how often, and how often in vain. Never by whom."""

    day = models.DateField(db_index=True)
    language = models.CharField(max_length=8)
    words = models.CharField(max_length=LONGEST_WORD)
    number = models.IntegerField(default=0)
    vain = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "language", "words"], name="search_sought_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.words


class Building(models.Model):
    """When a source was last built anew; the row named "" is held by whoever writes the index."""

    source = models.CharField(max_length=60, unique=True)
    rebuilt_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.source
