"""The city's dictionary, and how many pages say a word."""

import json

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from tsunagari.engines.content.models import PAGE_TYPES, ReplaceWord


def searched_words(text: str) -> QuerySet[ReplaceWord]:
    """Words that bear a text anywhere; all for ""."""
    found = ReplaceWord.objects.order_by("language", "wrong")
    if text:
        found = found.filter(
            Q(wrong__icontains=text) | Q(right__icontains=text) | Q(reason__icontains=text)
        )
    return found


def pages_that_say(word: str, language: str) -> int:
    """How many published pages have the letters of a word in title, summary or text. One question for each kind."""
    written = (
        word,
        json.dumps(word)[1:-1],
    )  # one database keeps letters as they are, the other as \\uXXXX
    inside = Q(told__contains=written[0]) | Q(told__contains=written[1])
    wanted = inside | Q(title__contains=word) | Q(summary__contains=word)
    return sum(
        kind.objects.filter(live=True, locale__language_code=language)
        .annotate(told=Cast("body", TextField()))
        .filter(wanted)
        .count()
        for kind in PAGE_TYPES
    )
