"""Choose a post: the ledger knows for which division a clerk acted from when on."""

from django.db import transaction

from tsunagari.kernel.identity.declare import ActorPost, PostChosen
from tsunagari.kernel.ledger.api import record


@transaction.atomic
def note_choice(actor: str, post: ActorPost) -> None:
    """Record the switch."""
    record(PostChosen(subject=actor, actor=actor, division=post.division, post=post.public_id))
