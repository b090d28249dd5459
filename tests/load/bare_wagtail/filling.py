"""Makes the tables and the page from a file of HTML: python -m tests.load.bare_wagtail.filling FILE."""

import sys
from pathlib import Path

import django

if __name__ == "__main__":
    django.setup()
    from django.core.management import call_command
    from wagtail.models import Page

    call_command("migrate", verbosity=0)
    from tests.load.bare_wagtail.models import BarePage

    home = Page.objects.get(depth=2)
    body = Path(sys.argv[1]).read_text(encoding="utf-8")
    home.add_child(instance=BarePage(title="ページ", slug="page", body=body))
