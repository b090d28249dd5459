"""Addresses of the design: its living page and the city's colours."""

from django.urls import path

from tsunagari.kernel.design import views
from tsunagari.kernel.i18n.texts import N_

app_name = "design"
TITLE = N_("このサイトのデザイン")
PAGES = {"living": N_("デザインの部品")}
urlpatterns = [
    path("", views.living_page, name="living"),
    path("city.css", views.city_css, name="city_css"),
]
