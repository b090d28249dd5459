"""Django's entry for the yearly cycle."""

from django.apps import AppConfig


class CycleConfig(AppConfig):
    """The yearly cycle as an app; it tells the plan's pages where closed years are read, and the
    catalogue what they give away."""

    name = "tsunagari.engines.cycle"
    label = "cycle"

    def ready(self) -> None:
        """Tell the plan engine of the reports."""
        from tsunagari.engines.cycle.views.datasets import year_datasets  # noqa: PLC0415 - needs models
        from tsunagari.engines.cycle.views.links import report_links  # noqa: PLC0415 - as above
        from tsunagari.engines.plan import api as plan_api  # noqa: PLC0415 - as above

        plan_api.tells_reports(report_links)
        plan_api.tells_datasets(year_datasets)
