"""Content as a Django app."""

from django.apps import AppConfig

from tsunagari.kernel.design.banner import gives_banners


class ContentConfig(AppConfig):
    """Connects what Wagtail says of pages to what residents read, and every page to what is announced."""

    name = "tsunagari.engines.content"
    label = "content"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to Wagtail; let every page say what is announced."""
        from tsunagari.engines.content import wagtail_signals  # noqa: PLC0415 - models are ready only now
        from tsunagari.engines.content.queries.emergencies import banners_now  # noqa: PLC0415

        wagtail_signals.connect()
        gives_banners(banners_now)
