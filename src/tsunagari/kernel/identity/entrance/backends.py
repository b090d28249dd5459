"""Password check at an entrance: an account of the other kind does not exist there."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest

from tsunagari.kernel.identity.actions.demo_accounts import DEMO_PASSWORD
from tsunagari.kernel.identity.models import Account
from tsunagari.kernel.identity.rules import Entrance, entrance_of

KINDS: dict[Entrance, str] = {"residents": Account.Kinds.RESIDENT, "staff": Account.Kinds.STAFF}


def belongs(user: object, request: HttpRequest) -> bool:
    """Whether an account may be used at the entrance that `request` came through."""
    return isinstance(user, Account) and user.kind == KINDS[entrance_of(request.path_info)]


def _is_trial() -> bool:
    return bool(settings.DEMO or settings.DEBUG)


class EntranceBackend(AuthenticationBackend):
    """The login library's backend, bound to the entrance of the request."""

    def authenticate(
        self, request: HttpRequest | None, **credentials: object
    ) -> AbstractBaseUser | None:
        """The account, when name, password and entrance fit; without a request nobody gets in.

        The password that everybody knows opens nothing outside a trial, also where a trial's
        accounts were left behind in the database.
        """
        if request is None or (credentials.get("password") == DEMO_PASSWORD and not _is_trial()):
            return None
        found: AbstractBaseUser | None = super().authenticate(request, **credentials)
        return found if belongs(found, request) else None

    def get_user_permissions(self, user_obj: Account, obj: object = None) -> set[str]:  # noqa: ARG002 - Django names them
        """None: what a clerk may do comes from her posts, by their groups, and ends with them. A permission
        that somebody gave to one account by hand opens nothing."""
        return set()

    def get_user(self, user_id: int) -> Account | None:
        """The account of a session, with the profile that every screen of the console reads."""
        account = Account.objects.select_related("wagtail_userprofile").filter(pk=user_id).first()
        return account if account and self.user_can_authenticate(account) else None

    @classmethod
    def _stash_user(cls, _user: AbstractBaseUser | None) -> AbstractBaseUser | None:
        # The library hands out a closed account as authenticated to show "account inactive". With
        # us it is refused like a wrong password: nobody learns that the account exists.
        kept: AbstractBaseUser | None = super()._stash_user(None)
        return kept
