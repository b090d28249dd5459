"""A page of 20 kB of Japanese text that may be kept and says which version of itself it is."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from tsunagari.kernel.edge.api import kept, purge
from tsunagari.kernel.marks import api as marks

NAME = "load.kept"
TEXT = "<p>つながりは、市の情報化計画を進めるための土台です。計画の取組と数値が、だれにでも見えます。</p>\n"
BODY = "".join(f"<h2>第{number}章</h2>\n{TEXT * 3}" for number in range(1, 46))


def page(_request: HttpRequest) -> HttpResponse:
    """The page as it is now."""
    mark = marks.last(NAME)
    version = mark.details["version"] if mark else 0
    html = f'<!doctype html>\n<html lang="ja"><head><meta charset="utf-8"><title>ページ</title></head><body><p>version {version:06d}</p>\n{BODY}</body></html>'
    return kept(HttpResponse(html), names=[NAME])


@transaction.atomic
def change(version: int) -> None:
    """A new version and its purge, in one transaction."""
    marks.leave_mark(NAME, version=version)
    purge([NAME])
