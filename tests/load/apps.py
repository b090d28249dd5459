"""An installation with one service more, whose meter counts the events that the measurement records."""

from django.apps import AppConfig


class LoadConfig(AppConfig):
    """Stands after the city among the apps and opens the door once more."""

    name = "tests.load"
    label = "load"

    def ready(self) -> None:
        """Let the measured service in beside the real ones."""
        from tests.load.service import service as measured  # noqa: PLC0415 - apps are ready only now
        from tsunagari.city import discovery  # noqa: PLC0415
        from tsunagari.kernel.service import api as door  # noqa: PLC0415

        services = {**discovery.load_services(), "tests/load": measured}
        door.open_door(engines=discovery.load_engines(), services=services)
