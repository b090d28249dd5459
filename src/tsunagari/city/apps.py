"""At start every declaration passes the door."""

from django.apps import AppConfig


class CityConfig(AppConfig):
    """The top floor: knows every engine and service, and shows each to the kernel's door."""

    name = "tsunagari.city"

    def ready(self) -> None:
        """Load what the folders declare: declarations first, for a listener waits for their events; then
        followers, for a gauge's reading is found there; then the door is shown all."""
        from tsunagari.city import discovery  # noqa: PLC0415 - apps are ready only now
        from tsunagari.kernel.ledger import api as ledger  # noqa: PLC0415
        from tsunagari.kernel.metering import api as metering  # noqa: PLC0415
        from tsunagari.kernel.search import api as search  # noqa: PLC0415
        from tsunagari.kernel.service import api as service  # noqa: PLC0415

        engines, services = discovery.load_engines(), discovery.load_services()
        projections, listeners = discovery.load_followers()
        ledger.follow(projections=projections, listeners=listeners)
        service.open_door(engines=engines, services=services)
        website = next((each for each in services.values() if each.address == "/"), None)
        search.declare(
            discovery.load_sources(), editors=website.division if website is not None else ""
        )
        metering.name_slices(discovery.slice_words())
