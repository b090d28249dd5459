"""Whom to tell of a hole in the site, as the city pack says: `security: [mailto:…, https://…]` in site/site.yaml."""

from pathlib import Path

from django.conf import settings

from tsunagari.kernel.i18n.mapping_file import mapping_in

_KINDS = ("mailto:", "https://", "tel:")


def contacts() -> tuple[str, ...]:
    """Addresses of the kinds that RFC 9116 takes; () where the pack names none."""
    file = Path(settings.CITY_PACK) / "site" / "site.yaml"
    said = mapping_in(file).get("security", ()) if file.exists() else ()
    named = [said] if isinstance(said, str) else said
    return tuple(str(each) for each in named if str(each).startswith(_KINDS) and len(str(each).split()) == 1)  # fmt: skip
