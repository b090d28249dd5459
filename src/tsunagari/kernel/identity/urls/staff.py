"""The staff entrance, below /console/: signing in, one's account, posts, keys and clerks.

The console's own sign-in, sign-out and password pages (Wagtail's) lead here.
"""

from allauth.account import views as allauth_views
from allauth.socialaccount import views as social_views
from allauth.socialaccount.providers.openid_connect import urls as oidc_urls
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from tsunagari.kernel.identity.views import account, clerk_files, keys, posts, staff

_account: list[URLPattern | URLResolver] = [
    path("", account.home, name="identity_home"),
    path("profile/", account.profile, name="identity_profile"),
    path("sessions/", account.sessions, name="identity_sessions"),
    path("login/", allauth_views.login, name="account_login"),
    path("login/code/", account.not_here, name="account_request_login_code"),
    path("signup/", account.not_here, name="account_signup"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", allauth_views.password_change, name="account_change_password"),
    path("password/set/", allauth_views.password_set, name="account_set_password"),
    path("password/reset/", allauth_views.password_reset, name="account_reset_password"),
    path(
        "password/reset/confirm/",
        allauth_views.confirm_password_reset_code,
        name="account_confirm_password_reset_code",
    ),
    path(
        "password/reset/complete/",
        allauth_views.complete_password_reset,
        name="account_complete_password_reset",
    ),
    path(
        "password/reset/done/",
        allauth_views.password_reset_from_key_done,
        name="account_password_reset_completed",
    ),
    path("2fa/webauthn/keys/<int:pk>/remove/", account.remove_passkey),
    path("2fa/", include("allauth.mfa.urls")),
    path(
        "3rdparty/login/cancelled/",
        social_views.login_cancelled,
        name="socialaccount_login_cancelled",
    ),
    path("3rdparty/login/error/", social_views.login_error, name="socialaccount_login_error"),
    path("", include(oidc_urls)),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include(_account)),
    path("posts/", posts.switch, name="identity_switch_post"),
    path("keys/", keys.index, name="identity_keys"),
    path("keys/new/", keys.make, name="identity_key_new"),
    path("keys/<str:public_id>/renew/", keys.renew, name="identity_key_renew"),
    path("keys/<str:public_id>/revoke/", keys.revoke, name="identity_key_revoke"),
    path("clerks/", staff.index, name="identity_clerks"),
    path("clerks/file/", clerk_files.write, name="identity_clerks_write"),
    path("clerks/load/", clerk_files.load, name="identity_clerks_load"),
    path("clerks/new/", staff.make, name="identity_clerk_new"),
    path("clerks/<str:public_id>/", staff.clerk, name="identity_clerk"),
    path("clerks/<str:public_id>/change/", staff.change, name="identity_clerk_change"),
    path("clerks/<str:public_id>/posts/<str:post>/end/", staff.end, name="identity_post_end"),
    path("login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("logout/", allauth_views.logout),
    re_path(r"^(?:users|groups)/", RedirectView.as_view(pattern_name="identity_clerks")),
    re_path(r"^password_reset/", RedirectView.as_view(pattern_name="account_reset_password")),
]
