"""The one page type."""

from django.db import models
from wagtail.models import Page


class BarePage(Page):  # type: ignore[misc] # wagtail ships no types
    """A page with a text."""

    body = models.TextField()
    template = "bare_wagtail/page.html"
