"""`tsunagari demo_accounts`: people with known passwords for trying the platform out."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tsunagari.kernel.i18n.clock import system_clock
from tsunagari.kernel.identity import api


class Command(BaseCommand):
    """Makes the demo's people and prints how to sign in as each."""

    help = "Makes demo accounts with known passwords (only with TSUNAGARI_DEMO=1 or TSUNAGARI_DEBUG=1)."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Make them; refuse in words outside a trial."""
        try:
            people = api.make_demo_accounts(clock=system_clock)
        except api.Refused as fault:
            raise CommandError(str(fault)) from fault
        self.stdout.write(
            f"試用アカウント（パスワードはすべて {api.DEMO_PASSWORD}）/ demo accounts, all with this password:"
        )
        for person in people:
            post = person.post
            where = "住民 /account/"
            if post:
                where = f"職員 /console/  {post.division} {api.ROLES[post.role]}"
            self.stdout.write(f"  {person.login:<18} {person.name}  {where}")
        self.stdout.write("職員の確認コード / a clerk's code: bin/tsunagari demo_code LOGIN")
