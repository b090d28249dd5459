"""Addresses of the meters: every figure can be followed down to the hour."""

from django.urls import path, re_path

from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.metering import views

app_name = "metering"
ADDRESS = "meters/"
TITLE = N_("数値")
PAGES = {
    "index": N_("数値の一覧"),
    "trace": N_("数値の数え方"),
    "period": N_("期間ごとの数値"),
}

_METER = r"^(?P<meter_id>[a-z0-9_]+\.[a-z0-9_]+)/"
_PERIOD = r"(?P<name>\d{4}(?:-\d{2}(?:-\d{2}(?:T\d{2})?)?)?)"

AT_REQUEST = ("period", "csv")
"""Any hour of any year: the export of the site (city/export) leaves these out."""
urlpatterns = [
    path("", views.index, name="index"),
    re_path(_METER + r"$", views.meter, name="trace"),
    re_path(_METER + _PERIOD + r"/$", views.period, name="period"),
    re_path(_METER + _PERIOD + r"\.csv$", views.period_csv, name="csv"),
]
