"""What the environment says of providers, caches and mail, and how it is refused."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from tsunagari.city import environment


def test_a_provider_by_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "TSUNAGARI_OIDC_STAFF", "https://id:s%2Fecret@login.city.example.jp/realms/city"
    )
    provider = environment.openid_providers()[0]
    assert (provider["provider_id"], provider["client_id"], provider["secret"]) == (
        "staff",
        "id",
        "s/ecret",
    )
    assert provider["settings"] == {
        "server_url": "https://login.city.example.jp/realms/city",
        "oauth_pkce_enabled": True,
        "entrance": "staff",
    }
    assert environment.openid_origins() == ["https://login.city.example.jp"]


@pytest.mark.parametrize(
    "address", ["http://id:secret@login.city.example.jp/", "https://login.city.example.jp/"]
)
def test_a_provider_without_https_or_secret_is_refused(
    monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("TSUNAGARI_OIDC_STAFF", address)
    with pytest.raises(ImproperlyConfigured, match="https://client-id:secret@host/path"):
        environment.openid_providers()


def test_several_machines_share_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TSUNAGARI_REDIS_URL", "redis://cache.example.jp:6379/0")
    assert environment.caches()["default"]["BACKEND"].endswith("RedisCache")


def test_mail_by_its_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TSUNAGARI_MAIL_URL", "smtps://a:b@mail.example.jp")
    backend, settings = environment.mail()
    assert backend.endswith("smtp.EmailBackend")
    assert (settings["EMAIL_PORT"], settings["EMAIL_USE_SSL"]) == (465, True)
    monkeypatch.setenv("TSUNAGARI_MAIL_URL", "mail.example.jp")
    with pytest.raises(ImproperlyConfigured, match="smtp://user:password@host:587"):
        environment.mail()
