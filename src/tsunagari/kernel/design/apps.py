"""The design's start: the city's look is checked before the first page is served."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core import checks


class DesignConfig(AppConfig):
    """Tokens, components and frames; refuses a city's look that could not be read."""

    name = "tsunagari.kernel.design"
    label = "design"

    def ready(self) -> None:
        """Register the check of the city's look."""
        checks.register(check_look)


def check_look(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[checks.CheckMessage]:  # noqa: ARG001
    """A missing look, or a key colour with too little contrast, stops the start with one sentence."""
    from tsunagari.kernel.design.city_look import RefusedLookError, city_look  # noqa: PLC0415
    from tsunagari.kernel.design.colour import RefusedColourError  # noqa: PLC0415

    try:
        city_look()
    except (RefusedLookError, RefusedColourError) as refused:
        return [checks.Error(str(refused), id="design.E001")]
    return []
