"""Tells every process that the plan was written to, so that what it keeps in memory is read anew."""

from tsunagari.engines.plan.models import Edition
from tsunagari.kernel.ids import new_public_id


def turn_edition() -> str:
    """Change the edition's word and return it. Call it in the transaction of the write; others see both
    at once."""
    word = new_public_id()
    Edition.objects.update_or_create(pk=1, defaults={"word": word})
    return word
