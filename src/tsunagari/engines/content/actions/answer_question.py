"""Write an answer to a question: a draft begins with its words."""

from typing import Any

from django.db import transaction
from django.utils.text import slugify

from tsunagari.engines.content.actions.question_rows import (
    NotSettled,
    locked_question,
    settle,
    still_waits,
)
from tsunagari.engines.content.models import ListPage, QuestionPage
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.identity.api import Actor

LONGEST_TITLE = 255


@transaction.atomic
def answer_question(public_id: str, *, by: Actor, owner: Any, clock: Clock) -> int:
    """Begin an answer: a draft among the questions, in her division, with the question as its title; gives the page's
    primary key. Asked twice, it is the same draft.

    Raises NotSettled where it was settled otherwise meanwhile.
    """
    row = locked_question(public_id)
    if row.state == "answered" and (
        page := QuestionPage.objects.filter(public_id=row.answer).first()
    ):
        return int(page.pk)
    still_waits(row)
    place = ListPage.objects.filter(lists="question", locale__language_code=row.language).first()
    if place is None:
        raise NotSettled(
            N_("よくある質問の一覧が、まだありません。サイトを運営する課に知らせてください。")
        )
    draft = QuestionPage(
        title=row.text[:LONGEST_TITLE],
        slug=f"q-{slugify(row.public_id) or row.pk}",
        division=by.division,
        locale=place.locale,
        live=False,
        owner=owner,
    )
    place.add_child(instance=draft)
    draft.save_revision(user=owner)
    settle(row, "answered", by, clock, answer=draft.public_id)
    return int(draft.pk)
