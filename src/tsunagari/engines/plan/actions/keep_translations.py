"""Keeps a row's translations as the pack gives them."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Model

from tsunagari.engines.plan.rules.pack import Text
from tsunagari.kernel.i18n.models import Translation
from tsunagari.kernel.i18n.translations import public_id_of, put_translation, source_hash


def keep_translations(row: Model, texts: Mapping[str, Text], *, now: datetime) -> bool:
    """Put each translation that is new or was made from another Japanese text; True if any was."""
    known = {
        (field, language): (text, made_from)
        for field, language, text, made_from in Translation.objects.filter(
            table=row._meta.label_lower, public_id=public_id_of(row)
        ).values_list("field", "language", "text", "source_hash")
    }
    changed = False
    for field, text in texts.items():
        for language, words in text.others:
            if known.get((field, language)) != (words, source_hash(text.ja)):
                put_translation(thing=row, field=field, language=language, text=words, now=now)
                changed = True
    return changed
