"""`tsunagari search rebuild|status|synonyms`: the index from the command line."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from tsunagari.kernel.search import api


class Command(BaseCommand):
    """The search from the command line."""

    help = (
        "Build the search index anew, show how it stands, or take in the synonyms of the city pack."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One verb; rebuild may be told one source."""
        parser.add_argument("verb", choices=["rebuild", "status", "synonyms"])
        parser.add_argument("--source", default="", help="rebuild: only this source")

    def handle(self, *, verb: str, source: str, **_options: object) -> None:
        """Run the verb."""
        if verb == "rebuild":
            self._load()
            self._rebuild(source)
        elif verb == "synonyms":
            self._load()
        else:
            self._status()

    def _load(self) -> None:
        try:
            added = api.load_synonyms(Path(settings.CITY_PACK))
        except api.PackRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"synonyms: {added} new groups from the city pack.")

    def _rebuild(self, source: str) -> None:
        chosen = [each for each in api.declared() if source in ("", each.id)]
        if not chosen:
            known = ", ".join(each.id for each in api.declared())
            raise CommandError(f"there is no source {source!r}; there are: {known}.")
        for each in chosen:
            self.stdout.write(f"{each.id}: {api.rebuild(each)} entries changed.")

    def _status(self) -> None:
        for each in api.status():
            built = each.rebuilt_at or "never"
            self.stdout.write(f"{each.id}: {each.entries} entries, built anew {built}.")
        self.stdout.write(f"{api.words_known()} words known.")
