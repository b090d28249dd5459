"""Addresses that lead on."""

from django.db.models import Q, QuerySet

from tsunagari.engines.content.models import FormerAddress


def former_addresses(words: str) -> QuerySet[FormerAddress]:
    """Old addresses whose path, or whose page's title, bears the words; all for ""."""
    found = FormerAddress.objects.select_related("page", "page__published")
    if words:
        found = found.filter(Q(path__icontains=words.lstrip("/")) | Q(page__title__icontains=words))
    return found.order_by("language", "path")
