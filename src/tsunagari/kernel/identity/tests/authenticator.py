"""A passkey device in software: ES256, user verified, as a browser would answer."""

import hashlib
import json
import os
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256, CoseKey
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

VERIFIED = AuthenticatorData.FLAG.USER_PRESENT | AuthenticatorData.FLAG.USER_VERIFIED


def encode(data: bytes) -> str:
    """Base64 for addresses, without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _cose(key: ec.EllipticCurvePrivateKey) -> CoseKey:
    read: Callable[[ec.EllipticCurvePublicKey], CoseKey] = ES256.from_cryptography_key
    return read(key.public_key())


class SoftDevice:
    """Holds one passkey."""

    def __init__(self, origin: str = "http://testserver", *, verifies: bool = True) -> None:
        self.origin = origin
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential_id = os.urandom(32)
        self.user_handle = ""
        self.flags = VERIFIED if verifies else AuthenticatorData.FLAG.USER_PRESENT

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps(
            {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        ).encode()

    def create(self, options: dict[str, Any]) -> str:
        """Answer `navigator.credentials.create`."""
        public = options["publicKey"]
        self.user_handle = public["user"]["id"]
        rp = hashlib.sha256(public["rp"]["id"].encode()).digest()
        attested = AttestedCredentialData.create(b"\0" * 16, self.credential_id, _cose(self.key))
        data = AuthenticatorData.create(
            rp, self.flags | AuthenticatorData.FLAG.ATTESTED, 0, bytes(attested)
        )
        attestation = AttestationObject.create("none", data, {})
        return self._credential(
            {
                "clientDataJSON": encode(self._client_data("webauthn.create", public["challenge"])),
                "attestationObject": encode(bytes(attestation)),
            },
            extensions={"credProps": {"rk": True}},
        )

    def get(self, options: dict[str, Any]) -> str:
        """Answer `navigator.credentials.get`."""
        public = options["publicKey"]
        rp = hashlib.sha256(public["rpId"].encode()).digest()
        data = bytes(AuthenticatorData.create(rp, self.flags, 1))
        client = self._client_data("webauthn.get", public["challenge"])
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._credential(
            {
                "clientDataJSON": encode(client),
                "authenticatorData": encode(data),
                "signature": encode(signature),
                "userHandle": self.user_handle,
            }
        )

    def _credential(self, response: dict[str, str], extensions: Any = None) -> str:
        name = encode(self.credential_id)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "response": response,
                "clientExtensionResults": extensions or {},
            }
        )
