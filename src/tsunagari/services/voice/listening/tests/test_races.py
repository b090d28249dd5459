"""What happens at once happens once."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, OperationalError, connection

from tsunagari.services.voice.listening.actions.draft_answer import draft_answer
from tsunagari.services.voice.listening.actions.refused import Overtaken
from tsunagari.services.voice.listening.models import Draft, Voice
from tsunagari.services.voice.listening.tests.town import (
    CLERK,
    NOON,
    assigned,
    letter,
)


def _at_once(*deeds: Callable[[], object]) -> list[object]:
    """What each gave, or what it raised."""
    gate, gave = Barrier(len(deeds)), list[object]()

    def run(deed: Callable[[], object]) -> None:
        gate.wait()
        try:
            gave.append(deed())
        except (
            Overtaken,
            IntegrityError,
            OperationalError,
        ) as raised:  # what is raised is what a test looks at
            gave.append(raised)
        finally:
            connection.close()

    hands = [Thread(target=run, args=(deed,)) for deed in deeds]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()
    return gave


@pytest.mark.django_db(transaction=True)
def test_two_clicks_are_one_letter_and_two_letters_have_two_numbers(divisions: None) -> None:
    gave = _at_once(lambda: letter("同じ"), lambda: letter("同じ"), lambda: letter("別"))
    numbers = {each.number for each in gave}  # type: ignore[attr-defined]  # receipts
    assert Voice.objects.count() == len(numbers) == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_drafts_saved_at_once_one_is_told_of_the_other(divisions: None) -> None:
    key = assigned(letter()).public_id

    def save(text: str) -> None:
        draft_answer(voice=key, text=text, base="", ask=False, hand=CLERK, clock=NOON)

    gave = _at_once(lambda: save("甲"), lambda: save("乙"))
    assert sum(isinstance(each, Overtaken) for each in gave) == 1
    assert Draft.objects.count() == 1
    (told,) = (each for each in gave if isinstance(each, Overtaken))
    assert told.theirs["text"] == Draft.objects.get().text
