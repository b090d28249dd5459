"""Addresses of the search: its page, and what it offers while somebody types."""

from django.urls import path

from tsunagari.kernel.i18n.texts import N_
from tsunagari.kernel.search import views

app_name = "search"
TITLE = N_("サイト内検索")
PAGES = {"index": N_("検索")}
AT_REQUEST = ("index", "suggest")
"""Different for each question: the export of the site (city/export) leaves them out."""
urlpatterns = [
    path("", views.index, name="index"),
    path("suggest/", views.suggest, name="suggest"),
]
