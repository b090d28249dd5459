"""`tsunagari emergency on|off|status`: announce an emergency on the night when the console is away."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tsunagari.engines.content import api
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import japan

PARTS = ("title", "text", "todo")
LANGUAGES = ("ja", "en", "easy")


class Command(BaseCommand):
    """Announces, ends or tells an emergency; safe to run while the site serves."""

    help = (
        "on: every page says it from now on (--template CODE of the city pack, or --title and --text; "
        "a standing announcement is reworded). off: it is over. status: what is announced."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do, and the texts."""
        parser.add_argument("what", choices=("on", "off", "status"))
        parser.add_argument("--template", default="", metavar="CODE")
        for language in LANGUAGES:
            for part in PARTS:
                name = part if language == "ja" else f"{part}-{language}"
                parser.add_argument(f"--{name}", default="", dest=f"{part}_{language}")
        parser.add_argument("--address", default="", help="the page to read on")
        parser.add_argument(
            "--light", action="store_true", help="the home becomes the emergency page"
        )
        parser.add_argument(
            "--drill", action="store_true", help="nothing has happened: it says so everywhere"
        )

    def handle(self, *, what: str, **said: Any) -> None:
        """Do it and say what stands now."""
        try:
            if what == "on":
                self._on(said)
            elif what == "off":
                self._off()
        except api.AnnouncementRefused as refused:
            raise CommandError(str(refused)) from refused
        except api.AlreadyAnnounced as already:
            raise CommandError("Something else was announced meanwhile; look at: tsunagari emergency status") from already  # fmt: skip
        self._status()

    def _on(self, said: dict[str, Any]) -> None:
        typed = {
            language: {part: said[f"{part}_{language}"] for part in PARTS if said[f"{part}_{language}"]}
            for language in LANGUAGES
        }  # fmt: skip
        first = api.emergency_template(said["template"]) if said["template"] else {}
        if first is None:
            raise CommandError(f"The city pack has no template {said['template']!r} in site/emergency.yaml.")  # fmt: skip
        texts = {code: {**first.get(code, {}), **typed[code]} for code in LANGUAGES}
        if not any(texts.values()):
            raise CommandError("Say what has happened: --template CODE, or --title and --text.")
        api.announce(
            api.Announcement(
                texts=texts, address=said["address"], light=said["light"], drill=said["drill"]
            ),
            clock=system_clock,
        )

    def _off(self) -> None:
        now = api.announced()
        if now is None:
            raise CommandError("Nothing is announced.")
        api.end_emergency(now.public_id, by=api.By(), clock=system_clock)

    def _status(self) -> None:
        now = api.announced()
        if now is None:
            self.stdout.write("Nothing is announced.")
            return
        kind = "DRILL" if now.said.drill else "EMERGENCY"
        home = "the home is the emergency page" if now.said.light else "the home is as always"
        since = f"{japan(now.since):%Y-%m-%d %H:%M}"
        self.stdout.write(f"{kind} since {since} (Japan), {home}: {now.said.texts['ja']['title']}")
