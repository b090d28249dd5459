"""The ledger as a Django app."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Keeps what the rooms below the ledger tell."""

    name = "tsunagari.kernel.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Hear what people decide about jobs."""
        from tsunagari.kernel.jobs.declare import on_decision  # noqa: PLC0415
        from tsunagari.kernel.ledger.actions.keep_decision import keep_decision  # noqa: PLC0415 - models are ready only now

        on_decision(keep_decision)
