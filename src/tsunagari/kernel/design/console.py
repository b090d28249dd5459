"""The console wears our clothes: the city's colours and letters on Wagtail's own screens."""

from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks

from tsunagari.kernel.design.context import stylesheet

SHEETS = ("tokens/tokens.css", "noto/wght.css", "design/console.css")


@hooks.register("insert_global_admin_css")
def our_clothes() -> SafeString:
    """Stylesheets after Wagtail's own: tokens, letters, the city's colours, our changes."""
    addresses = [*(static(sheet) for sheet in SHEETS), stylesheet()]
    return format_html_join(
        "", '<link rel="stylesheet" href="{}">', ((address,) for address in addresses if address)
    )
