"""A database holds one city: two packs in one would mix their divisions, plans and figures."""

from pathlib import Path

from tsunagari.engines.plan import api as plan
from tsunagari.kernel.i18n.clock import Clock
from tsunagari.kernel.i18n.mapping_file import UnreadableFileError, mapping_in


class AnotherCityError(ValueError):
    """The database was loaded with another city's pack; the message says which and what to do."""


def refuse_another_city(pack: Path, *, clock: Clock) -> None:
    """Raise AnotherCityError when the database holds plans of which the pack knows none."""
    held = {head.code for head in plan.plan_heads("ja", now=clock())}
    known = {_code(file) for file in (pack / "plan").glob("*.yaml")}
    if held and known and held.isdisjoint(known):
        raise AnotherCityError(
            f"This database holds another city: its plans are {', '.join(sorted(held))}, those of {pack} are {', '.join(sorted(known))}. "
            "Give each city its own place: set TSUNAGARI_DATA (and TSUNAGARI_DATABASE_URL) to another, or start with `bin/up --city NAME`, which does so."
        )


def _code(file: Path) -> str:
    """The plan's code; "" for a file that cannot be read, which the loading itself tells better."""
    try:
        return str(mapping_in(file).get("code", ""))
    except UnreadableFileError:
        return ""
