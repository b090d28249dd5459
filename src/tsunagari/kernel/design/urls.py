"""Addresses of the design: its living page and the city's colours."""

from django.urls import path

from tsunagari.kernel.design import views

app_name = "design"
urlpatterns = [
    path("", views.living_page, name="living"),
    path("city.css", views.city_css, name="city_css"),
]
