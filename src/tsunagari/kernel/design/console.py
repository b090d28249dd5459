"""The console wears our clothes: the city's colours and letters on Wagtail's own screens; and its menu is kept."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from tsunagari.kernel.design.context import stylesheet

SHEETS = ("tokens/tokens.css", "noto/wght.css", "design/console.css")


@hooks.register("insert_global_admin_css")
def our_clothes() -> SafeString:
    """Stylesheets after Wagtail's own: tokens, letters, the city's colours, our changes."""
    addresses = [*(static(sheet) for sheet in SHEETS), stylesheet()]
    return format_html_join(
        "", '<link rel="stylesheet" href="{}">', ((address,) for address in addresses if address)
    )


@hooks.register("construct_main_menu", order=1_000_000)  # after every hook that leaves entries out
def _keep_menu(request: HttpRequest, items: list[MenuItem]) -> None:
    request.tsunagari_menu = items  # type: ignore[attr-defined]  # kept for the rest of the request


def menu_items(request: HttpRequest) -> Sequence[MenuItem]:
    """The entries of the menu that Wagtail has drawn in this request: asking for them anew would ask every
    entry again whether she may see it. () before it was drawn."""
    items: Sequence[MenuItem] = getattr(request, "tsunagari_menu", ())
    return items
