"""`tsunagari new service FIELD NAME` and `tsunagari new engine NAME`: a folder that passes every check."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from tsunagari.city import environment, scaffold


class Command(BaseCommand):
    """Write the folder of a new service or engine."""

    help = "Write a new service (FIELD NAME) or engine (NAME): one folder, with declaration, English texts and a test."

    def add_arguments(self, parser: CommandParser) -> None:
        """What is made, and how it is called."""
        kinds = parser.add_subparsers(dest="kind", required=True)
        service = kinds.add_parser("service", help="services/FIELD/NAME/")
        service.add_argument("field", help="a field of the plan, for example children")
        service.add_argument("name", help="a word of the city, for example sick_child_care")
        service.add_argument(
            "--division",
            default="",
            help="code of the division in the city pack; else the first one",
        )
        engine = kinds.add_parser("engine", help="engines/NAME/")
        engine.add_argument("name", help="what the city can do, for example booking")
        for kind in (service, engine):
            kind.add_argument("--title", default="", help="Japanese title")
            kind.add_argument("--english", default="", help="English title")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Write, and say what to do next; refuse a bad name in one sentence."""
        name = options["name"]
        divisions = scaffold.divisions(settings.CITY_PACK)
        division = options.get("division") or divisions[0]
        if division not in divisions:
            raise CommandError(
                f"division {division!r} is not in the city pack; there are: {', '.join(divisions)}."
            )
        plain = name.replace("_", " ")
        words = scaffold.Words(
            title=options["title"] or f"新しい仕事（{name}）",
            english=options["english"] or plain.capitalize(),
            division=division,
        )
        try:
            if options["kind"] == "service":
                files = scaffold.write_service(environment.ROOT, options["field"], name, words)
            else:
                files = scaffold.write_engine(environment.ROOT, name, words)
        except scaffold.Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        for path in files:
            self.stdout.write(f"wrote {path.relative_to(environment.ROOT)}")
        self.stdout.write(
            "Next: write its title and purpose in its declaration, run `tsunagari texts`, then bin/check. docs/guide shows the way."
        )
