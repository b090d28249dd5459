"""What a resident asks of the list of questions: own words, a life event, a child's age, a certificate's class."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext

from tsunagari.engines.content.models import Published
from tsunagari.engines.content.queries.asked import questions_like
from tsunagari.engines.content.queries.lists import labels_of_questions, questions
from tsunagari.engines.content.queries.vocabulary import (
    certificate_words,
    life_event_words,
    titles_of,
)

NAMES: Final = {"life_event": "category", "age": "age", "disability": "certificate"}
"""Sorts of labels by which questions are narrowed, and the names of their fields."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """`chosen`: sort and code of each label that was chosen; one that no question bears was not. `choices`: by sort
    the codes that some question bears, with their titles in the city's order."""

    language: str
    words: str
    chosen: Mapping[str, str]
    choices: Mapping[str, Mapping[str, str]]

    def found(self, *, now: datetime) -> QuerySet[Published] | list[Published]:
        """The questions; with words the best first, else in the order of the site."""
        if self.words:
            return questions_like(self.words, self.language, labels=self.chosen, now=now)
        return questions(self.language, labels=self.chosen)

    @property
    def said(self) -> list[str]:
        """What was chosen, in words."""
        return [self.choices[sort][code] for sort, code in self.chosen.items()]


def asked_questions(request: HttpRequest, language: str) -> Asked:
    """What the address asks for. One question to the database."""
    choices = _choices(labels_of_questions(language), language)
    wanted = {sort: request.GET.get(name, "") for sort, name in NAMES.items()}
    return Asked(
        language=language,
        words=request.GET.get("q", "").strip()[:200],
        chosen={sort: code for sort, code in wanted.items() if code in choices[sort]},
        choices=choices,
    )


def _choices(borne: Mapping[str, set[str]], language: str) -> dict[str, dict[str, str]]:
    ages = sorted((each for each in borne.get("age", ()) if each.isdecimal()), key=int)
    titles: dict[str, Mapping[str, str]] = {
        "life_event": titles_of(life_event_words(), language),
        "age": {age: gettext("{age}歳").format(age=age) for age in ages},
        "disability": titles_of(certificate_words(), language),
    }
    return {
        sort: {code: title for code, title in words.items() if code in borne.get(sort, ())}
        for sort, words in titles.items()
    }
