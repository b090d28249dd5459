"""The city's settings, with the service of the measurement and its light page beside the real ones."""

from tsunagari.city.settings import *  # noqa: F403 - the same installation in all else
from tsunagari.city.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.load"]
ROOT_URLCONF = "tests.load.urls"
