"""Take entries out of the index."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.db import transaction

from tsunagari.kernel.search.models import Building, Document, Term
from tsunagari.kernel.search.queries import postings
from tsunagari.kernel.search.rules.weighing import ALL


@transaction.atomic
def remove(*, kind: str, public_ids: Iterable[str], language: str = "") -> int:
    """Take entries out, in all their languages or in one; those that are not there are passed over. Gives
    how many went."""
    hold_index()
    chosen = list(public_ids)
    gone = 0
    for at in range(0, len(chosen), 500):
        found = Document.objects.filter(kind=kind, public_id__in=chosen[at : at + 500])
        documents = list(found.filter(language=language) if language else found)
        take_out(documents)
        gone += len(documents)
    return gone


def hold_index() -> None:
    """One writer of the index at a time, until the transaction ends: counts of words are shared by all."""
    Building.objects.get_or_create(source="")
    Building.objects.select_for_update().get(source="")


def take_out(documents: Sequence[Document]) -> None:
    """Take out the rows of these entries; the words stay known, for they may come again."""
    if not documents:
        return
    pairs = [(term, document.pk) for document in documents for term in document.terms]
    postings.erase(pairs)
    fewer = Counter(term for term, _document in pairs)
    for language, number in Counter(document.language for document in documents).items():
        for whole in Term.objects.filter(language=language, word=ALL).values_list("pk", flat=True):
            fewer[whole] += number
    postings.add_numbers([(term, -number) for term, number in fewer.items()])
    Document.objects.filter(pk__in=[document.pk for document in documents]).delete()
