"""Keep what was sought, and how often in vain; never by whom."""

from datetime import date

from django.db import connection

from tsunagari.kernel.search.rules.asking import normalized
from tsunagari.kernel.search.rules.personal import is_personal

LONGEST = 60
"""Letters of a question that is kept; longer ones are no words to search for but stories."""


def note_sought(text: str, *, language: str, found: int, day: date) -> bool:
    """Count a question for that day; says whether it was kept. Dropped is what looks like a person:
    numbers of telephone, card or account, mail addresses, names."""
    words = normalized(text)
    if not words or len(words) > LONGEST or is_personal(words):
        return False
    vain = int(found == 0)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_sought (day, language, words, number, vain) VALUES (%s, %s, %s, 1, %s)"
            " ON CONFLICT (day, language, words) DO UPDATE SET"
            " number = search_sought.number + 1, vain = search_sought.vain + excluded.vain",
            [day, language, words, vain],
        )
    return True
