"""`tsunagari make_administrator LOGIN NAME MAIL DIVISION`: the first clerk of a new installation."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.i18n.days import japan_day
from tsunagari.kernel.identity.actions.give_post import give_post
from tsunagari.kernel.identity.actions.make_account import make_staff
from tsunagari.kernel.identity.rules import Refused


class Command(BaseCommand):
    """Makes an administrator, who sets a password by mail and a second factor at the first sign-in."""

    help = "Makes the first system administrator; the password is set through the staff entrance by mail."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and in which division."""
        for name in ("login", "name", "mail", "division"):
            parser.add_argument(name)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Make the account and the post together or neither."""
        today = japan_day(system_clock())
        try:
            with transaction.atomic():
                account = make_staff(
                    login_name=options["login"], name=options["name"], work_email=options["mail"]
                )
                give_post(
                    account=account,
                    division=options["division"],
                    title="システム管理者",
                    role="administrator",
                    begins=today,
                    today=today,
                )
        except Refused as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(
            "作りました。/console/account/password/reset/ でパスワードを決めてください。"
        )
