"""The service stands in the city as it was declared."""

from tsunagari.kernel.service import api
from tsunagari.services.environment.environment_info.service import service


def test_the_city_found_the_service_by_its_path() -> None:
    assert api.service("environment_info") == service
