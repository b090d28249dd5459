"""Addresses of the city's website: its home."""

from django.urls import path

from tsunagari.kernel.i18n.texts import N_
from tsunagari.services.voice.website import views

app_name = "website"
PAGES = {"home": N_("ホーム")}
urlpatterns = [path("", views.home, name="home")]
