"""Files by what they are called in the store, and by what is in them."""

from tsunagari.engines.content.models import Attachment


def attachment_called(stored: str) -> Attachment | None:
    """The file that stands there in the store; None for one that no longer belongs to anything."""
    found: Attachment | None = Attachment.objects.filter(file=stored).first()
    return found
