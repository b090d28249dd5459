"""`tsunagari city load|history`: bring the tables to the city pack; a second time changes nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from tsunagari.city.fitness.state import PACK_MARK, pack_fingerprint
from tsunagari.city.history import is_invented, write_history
from tsunagari.city.history_years import HistoryRefused
from tsunagari.city.one_city import AnotherCityError, refuse_another_city
from tsunagari.engines.content import api as content
from tsunagari.engines.plan import api as plan
from tsunagari.kernel.design.city_look import RefusedLookError, load_look
from tsunagari.kernel.design.colour import RefusedColourError
from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.mapping_file import UnreadableFileError
from tsunagari.kernel.identity import api as identity
from tsunagari.kernel.marks.api import leave_mark
from tsunagari.kernel.metering import api as metering
from tsunagari.services.voice.listening.actions.load_listening import load_listening

REFUSALS = (
    plan.PackRefused,
    plan.TermsRefused,
    identity.Refused,
    UnreadableFileError,
    RefusedLookError,
    RefusedColourError,
)
"""What is wrong in a pack, each with its sentence."""


class Command(BaseCommand):
    """Loads divisions, then plans, from the city pack; or writes the past of an invented town."""

    help = "load: the city pack, divisions and plans; what is wrong in it is said with file and line. history: the made-up past of an invented town (history.yaml)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One word says what to do; the pack is the installation's own unless another is named."""
        parser.add_argument("what", choices=("load", "history"))
        parser.add_argument("--pack", type=Path, default=settings.CITY_PACK)

    @transaction.atomic
    def handle(self, *, what: str, pack: Path, **_: Any) -> None:
        """Load all of the pack, or nothing; write all of its past, or nothing."""
        if not pack.is_dir():
            raise CommandError(
                f"{pack} is no folder; set TSUNAGARI_CITY to a folder under cities/."
            )
        try:
            refuse_another_city(pack, clock=system_clock)
            if what == "history":
                self._history(pack)
                return
        except (AnotherCityError, HistoryRefused, UnreadableFileError) as refused:
            raise CommandError(str(refused)) from refused
        self._load(pack)

    def _history(self, pack: Path) -> None:
        written = write_history(pack, clock=system_clock)
        self.stdout.write(
            f"history: {written.views} page views, {written.loadings} loadings, {written.changes} changes and {written.deeds} deeds of the plans' years added"
        )
        try:
            told = load_listening(pack, clock=system_clock)
        except (LookupError, TypeError, ValueError) as wrong:
            raise CommandError(f"{pack / 'listening.yaml'}: {wrong}; correct it there.") from wrong
        self.stdout.write(f"listening: {told} letters and calls for comments told")

    def _load(self, pack: Path) -> None:
        try:
            load_look(pack)
            plan.terms_of_pack(pack)
            identity.demo_people(pack)
            divisions = self._divisions(pack / "divisions.yaml")
            self._plans(pack, divisions)
            changed = plan.load_surroundings(pack, divisions=divisions, clock=system_clock)
        except REFUSALS as refused:
            raise CommandError(f"The city pack was not loaded.\n{refused}") from refused
        self.stdout.write(f"drivers and assets: {changed} rows changed")
        content.prepare_site(clock=system_clock)
        leave_mark(PACK_MARK, city=pack.name, fingerprint=pack_fingerprint(pack))

    def _divisions(self, file: Path) -> set[str]:
        if not file.is_file():
            raise CommandError(f"{file} is missing; write it as in cities/sample/divisions.yaml.")
        said = identity.divisions_in(file.read_bytes(), file=str(file))
        try:
            changed = identity.load_divisions(said)
        except identity.Refused as refused:
            raise CommandError(f"{file}: {refused}") from refused
        self.stdout.write(f"divisions: {changed} rows changed")
        return {entry["code"] for entry in said["divisions"]}

    def _plans(self, pack: Path, divisions: set[str]) -> None:
        files, lived = sorted((pack / "plan").glob("*.yaml")), is_invented(pack)
        if not files:
            raise CommandError(f"{pack / 'plan'} holds no plan; add one as in cities/sample/plan.")
        meters = {meter.id for meter in metering.declared()}
        loaded = plan.load_plans(
            files, divisions=divisions, meters=meters, clock=system_clock, lived=lived
        )
        for each in loaded:
            self.stdout.write(f"{each.code}: {each.measures} measures, {each.changed} rows changed")
        told = {each.code for each in loaded}
        for head in plan.plan_heads("ja", now=system_clock()):
            if head.code not in told:
                self.stdout.write(f"{head.code}: stands in no file of this pack; it stays as it is")
