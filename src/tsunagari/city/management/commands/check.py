"""`tsunagari check`: may this installation serve a city? Says what it looked at, what is wrong and how to mend it."""

import json
import sys
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.core.management.commands.check import Command as DjangoCheck

from tsunagari.city.fitness import configuration, state
from tsunagari.city.fitness.findings import Check, Looked, look_at
from tsunagari.kernel.i18n.clock import system_clock

SIGNS = {"ok": "✓", "warning": "!", "error": "✗"}
IN_A_TRIAL = ("database", "tables", "city_pack", "static_files", "shared_cache")
"""What a trial is looked at for as well: it is meant to be open, but it has to work."""


class Command(DjangoCheck):
    """Django's check with the questions of an operator. With app labels or --tag it is Django's alone."""

    help = "Looks at this installation and refuses (exit code 1) what is unsafe for a city. A trial is looked at for what it needs only."
    requires_system_checks: Sequence[str] = ()  # type: ignore[assignment]  # it runs them itself

    def add_arguments(self, parser: CommandParser) -> None:
        """Django's own words, and ours."""
        super().add_arguments(parser)
        parser.add_argument(
            "--zone", default=settings.ZONE, metavar="ZONE",
            help="Look at the server of this zone, as `serve --zone` starts it. Default: %(default)s.",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true", help="Say it for a machine.")
        parser.add_argument(
            "--production", action="store_true", help="Look at a trial as strictly as at a city."
        )
        parser.add_argument(
            "--backup-days", type=int, default=state.BACKED_UP_WITHIN.days, metavar="N",
            help="How old the last backup may be. Default: %(default)s.",
        )  # fmt: skip

    def handle(self, *app_labels: Any, **options: Any) -> None:
        """Look, tell, and end with 1 when something refuses (with --fail-level WARNING a warning does)."""
        if app_labels or options.get("tags") or options.get("list_tags"):
            super().handle(*app_labels, **options)
            return
        trial = configuration.is_trial() and not options["production"]
        looked = list(look_at(self._checks(trial=trial, days=options["backup_days"])))
        if options["json"]:
            self._tell_machines(looked, trial=trial)
        else:
            self._tell(looked, trial=trial)
        refused = ("error", "warning") if options["fail_level"] == "WARNING" else ("error",)
        if any(each.level in refused for each in looked):
            sys.exit(1)

    def _checks(self, *, trial: bool, days: int) -> list[Check]:
        asked = state.checks(system_clock, backed_up_within=timedelta(days=days))
        whole = [*configuration.CHECKS, *asked]
        return [check for check in whole if check.id in IN_A_TRIAL] if trial else whole

    def _tell_machines(self, looked: list[Looked], *, trial: bool) -> None:
        said = {
            "fit": all(each.level != "error" for each in looked),
            "trial": trial,
            "checks": [
                {
                    "id": each.check.id,
                    "level": each.level,
                    "findings": [
                        {"level": one.level, "ja": one.ja, "en": one.en} for one in each.findings
                    ],
                }
                for each in looked
            ],
        }
        self.stdout.write(json.dumps(said, ensure_ascii=False, indent=1))

    def _tell(self, looked: list[Looked], *, trial: bool) -> None:
        if trial:
            self.stdout.write(
                "これは試用の環境です（--production で市の環境として調べます）。 / This is a trial; --production looks at it as a city's."
            )
        for each in looked:
            self.stdout.write(f"{SIGNS[each.level]} {each.check.ja} / {each.check.en}")
            for one in each.findings:
                self.stdout.write(f"   {SIGNS[one.level]} {one.ja}")
                self.stdout.write(f"     {one.en}")
        errors = sum(one.level == "error" for each in looked for one in each.findings)
        warnings = sum(one.level == "warning" for each in looked for one in each.findings)
        self.stdout.write(
            f"{len(looked)} 項目を調べました。誤り {errors}、注意 {warnings}。 / {len(looked)} looked at: {errors} errors, {warnings} warnings."
        )
