"""Addresses of the city's website: its home."""

from django.urls import path

from tsunagari.services.voice.website import views

app_name = "website"
urlpatterns = [path("", views.home, name="home")]
