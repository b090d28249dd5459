"""Sessions of the two entrances: same table, different seals, so that neither opens at the other."""

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.core import signing

RESIDENTS_SALT = "tsunagari.session.residents"
STAFF_SALT = "tsunagari.session.staff"
STAFF_SECONDS = 10 * 60 * 60
"""A clerk's session ends after a working day (10 hours), a resident's after Django's two weeks."""


class SessionStore(DatabaseStore):
    """Reads sessions of either entrance. For housekeeping only; requests get one of the two below."""

    salts: tuple[str, ...] = (RESIDENTS_SALT, STAFF_SALT)

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """The data, or {} when none of this store's seals fits."""
        for salt in self.salts:
            try:
                data: dict[str, Any] = signing.loads(
                    str(session_data), salt=salt, serializer=self.serializer
                )
            except signing.BadSignature:
                continue
            return data
        return {}

    def encode(self, session_dict: dict[str, Any]) -> str:
        """Seal the data for this store's entrance."""
        return signing.dumps(
            session_dict, salt=self.salts[0], serializer=self.serializer, compress=True
        )


class ResidentsStore(SessionStore):
    """Sessions of the residents' entrance."""

    salts = (RESIDENTS_SALT,)


class StaffStore(SessionStore):
    """Sessions of the staff entrance."""

    salts = (STAFF_SALT,)

    def get_session_cookie_age(self) -> int:
        """A working day, in seconds."""
        return STAFF_SECONDS
