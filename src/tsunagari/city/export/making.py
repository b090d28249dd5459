"""Makes an export: everything is drawn and written beside, and takes the folder's place when it is whole."""

import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string

from tsunagari.city.export import folder as folders
from tsunagari.city.export.following import draw_all
from tsunagari.city.export.places import WITHOUT_SERVER, place_of
from tsunagari.city.export.starting import pages_at_request, starting_addresses
from tsunagari.city.export.whole_site import Site
from tsunagari.city.export.writing import Desk, Written, broken_links, write_all


@dataclass(frozen=True, kw_only=True)
class Made:
    """An export as it stands in its folder."""

    pages: int
    files: int
    new: int
    bytes: int
    faults: tuple[str, ...]


def make_export(target: Path, *, processes: int, now: datetime, say: Callable[[str], None]) -> Made:
    """Write the whole public site into `target`. Raises Refused for a folder or a site that cannot be used; what
    stood there stays then. Links that lead nowhere are told in `faults`, and the export stands all the same."""
    with folders.alone(target), folders.readable():
        folders.check(target)
        draft = folders.draft_of(target)
        spool = draft.parent / f"{draft.name}.spool"
        shutil.rmtree(spool, ignore_errors=True)
        spool.mkdir()
        try:
            site = Site(
                hosts=_hosts(),
                languages=frozenset(code for code, _ in settings.LANGUAGES),
                at_request=pages_at_request(),
            )
            draw_all(site, spool, starting_addresses(), processes, say)
            if site.goal("/") != "/":
                raise folders.Refused("The home page cannot be drawn; what stood in the folder stays. See the log for its fault.")  # fmt: skip
            desk = Desk(site=site, spool=spool, draft=draft, before=target)
            made = _write(desk, now, processes)
            folders.exchange(draft, target)
            return made
        finally:
            shutil.rmtree(spool, ignore_errors=True)
            shutil.rmtree(draft, ignore_errors=True)


def _hosts() -> frozenset[str]:
    names = [name.lstrip(".").lower() for name in settings.ALLOWED_HOSTS if name != "*"]
    return frozenset(names[:1] or ["localhost"])


def _write(desk: Desk, now: datetime, processes: int) -> Made:
    done = write_all(desk, processes)
    words = render_to_string("city/without_server.html").encode()
    done.append(desk.put(WITHOUT_SERVER, place_of(WITHOUT_SERVER, "text/html"), "text/html", words))
    desk.site.faults += broken_links(done, desk.draft)
    (desk.draft / folders.MANIFEST).write_text(_manifest(desk.site, done, now), encoding="utf-8")
    return Made(
        pages=sum(each.file.endswith("index.html") for each in done),
        files=len(done),
        new=sum(each.new for each in done),
        bytes=sum(each.bytes for each in done),
        faults=tuple(sorted(desk.site.faults)),
    )


def _manifest(site: Site, done: Iterable[Written], now: datetime) -> str:
    files = [
        {
            "address": each.address,
            "file": each.file,
            "sha256": each.sha256,
            "bytes": each.bytes,
            "seconds": round(site.drawn[each.address].seconds, 4) if each.address in site.drawn else 0,
        }
        for each in sorted(done, key=lambda each: each.file)
    ]  # fmt: skip
    whole = {"made": now.isoformat(timespec="seconds"), "host": min(site.hosts), "files": files}
    return json.dumps(whole, ensure_ascii=False, indent=0) + "\n"
