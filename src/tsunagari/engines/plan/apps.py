"""Django's entry for the plan engine."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """The plan engine as an app."""

    name = "tsunagari.engines.plan"
    label = "plan"
