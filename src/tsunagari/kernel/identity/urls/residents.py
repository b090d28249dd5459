"""The residents' entrance, below /account/."""

from allauth.socialaccount.providers.openid_connect import urls as oidc_urls
from django.urls import URLPattern, URLResolver, include, path

from tsunagari.kernel.identity.views import account

urlpatterns: list[URLPattern | URLResolver] = [
    path("", account.home, name="identity_home"),
    path("profile/", account.profile, name="identity_profile"),
    path("sessions/", account.sessions, name="identity_sessions"),
    path("erase/", account.erase, name="identity_erase"),
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("3rdparty/", include("allauth.socialaccount.urls")),
    path("", include(oidc_urls)),
]
