"""Pages of the tree by their address, published or not."""

from typing import Any

from wagtail.models import Page

from tsunagari.engines.content.models import SiteHome


def page_standing_at(path: str, language: str) -> Any:
    """The page with this address below the home of a language ("kurashi/gomi/"); None where none stands."""
    home = SiteHome.objects.filter(locale__language_code=language).first()
    if home is None:
        return None
    wanted = f"{home.url_path}{path.strip('/')}/" if path.strip("/") else home.url_path
    found = Page.objects.filter(url_path=wanted).first()
    return found.specific if found else None
