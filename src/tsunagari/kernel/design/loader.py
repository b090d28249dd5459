"""Components are read without their last line break, so that one in a Japanese sentence leaves no gap."""

from django.template import Origin
from django_cotton.cotton_loader import Loader as CottonLoader


class Loader(CottonLoader):  # type: ignore[misc] # django-cotton ships no types
    """django-cotton's loader of templates; a component ends where its last tag ends."""

    def get_contents(self, origin: Origin) -> str:
        """The compiled text of a template."""
        contents = str(super().get_contents(origin))
        named = str(origin.template_name)
        return contents.removesuffix("\n") if named.startswith("cotton/") else contents
