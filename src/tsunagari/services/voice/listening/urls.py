"""Addresses of listening: letters to the city, and calls for comments."""

from django.urls import path

from tsunagari.kernel.i18n.texts import N_
from tsunagari.services.voice.listening.views import calls, commenting, sending, start, voices

app_name = "listening"
PAGES = {
    "index": N_("市民の声とパブリックコメント"),
    "send": N_("市民の声を送る"),
    "receipt": N_("受付番号で確かめる"),
    "voices": N_("市民の声と市の回答"),
    "voice": N_("市民の声の1件"),
    "calls": N_("パブリックコメントの一覧"),
    "call": N_("パブリックコメントの1件"),
    "comment": N_("意見を送る"),
}
urlpatterns = [
    path("", start.index, name="index"),
    path("send/", sending.send, name="send"),
    path("receipt/", sending.receipt, name="receipt"),
    path("voices/", voices.voices, name="voices"),
    path("voices/feed.atom", voices.feed, name="voices_feed"),
    path("voices/<slug:public_id>/", voices.voice, name="voice"),
    path("comments/", calls.calls, name="calls"),
    path("comments/feed.atom", calls.feed, name="calls_feed"),
    path("comments/<slug:public_id>/", calls.call, name="call"),
    path("comments/<slug:public_id>/send/", commenting.comment, name="comment"),
    path("comments/<slug:public_id>/closing.ics", calls.closing_day, name="closing"),
    path("comments/<slug:public_id>/results.csv", calls.results_csv, name="results_csv"),
    path(
        "comments/<slug:public_id>/documents/<slug:document_id>/",
        calls.document,
        name="document",
    ),
]
