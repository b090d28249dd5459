"""Identity as a Django app."""

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    """Connects what the login library says to our ledger."""

    name = "tsunagari.kernel.identity"
    label = "identity"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to the login library."""
        from tsunagari.kernel.identity.entrance import allauth_signals  # noqa: PLC0415 - models are ready only now

        allauth_signals.connect()
