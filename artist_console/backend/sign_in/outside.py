"""Signing in with an OpenID Connect issuer outside: discovery, code with PKCE and nonce, and the ID token.

A signature counts only of the kinds in `_ALGORITHMS`: neither "none" nor one that our own secret could make.
"""

from __future__ import annotations

import base64
import hashlib
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from .outside_http import OutsideTrouble, fetch
from .settings import OutsideIssuer

_ALGORITHMS = ["RS256", "PS256", "ES256", "ES384", "EdDSA", "Ed25519"]
_KEPT_S = 3_600.0
_LEEWAY_S = 60
_LONGEST_SUBJECT = 255  # OpenID Connect Core, 2

Fetch = Callable[..., Mapping[str, Any]]


class OutsideClient:
    """This service as a client of the issuer. May be used by several threads."""

    def __init__(self, issuer: OutsideIssuer, fetch: Fetch = fetch) -> None:
        self.issuer = issuer
        self._fetch = fetch
        self._lock = threading.Lock()
        self._known: dict[str, tuple[float, Mapping[str, Any]]] = {}

    def address(self, redirect_uri: str, state: str, nonce: str, verifier: str) -> str:
        """Where to send the browser. Raises OutsideTrouble."""
        digest = hashlib.sha256(verifier.encode()).digest()
        asked = {
            "response_type": "code",
            "client_id": self.issuer.client_id,
            "redirect_uri": redirect_uri,
            "scope": "openid",
            "state": state,
            "nonce": nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
            "code_challenge_method": "S256",
        }
        endpoint = self._endpoint("authorization_endpoint")
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"

    def subject(self, code: str, verifier: str, redirect_uri: str, nonce: str) -> str:
        """Who came back with this code. Raises OutsideTrouble."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
        }
        methods = self._metadata().get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        credentials = None
        if "client_secret_basic" in methods:
            # RFC 6749, 2.3.1: both parts are form-encoded first.
            credentials = (quote(self.issuer.client_id, ""), quote(self.issuer.client_secret, ""))
        else:
            form |= {"client_id": self.issuer.client_id, "client_secret": self.issuer.client_secret}
        answer = self._fetch(self._endpoint("token_endpoint"), form, credentials)
        id_token = answer.get("id_token")
        if not isinstance(id_token, str):
            raise OutsideTrouble("the issuer sent no ID token")
        return self._checked(id_token, nonce)

    def _checked(self, id_token: str, nonce: str) -> str:
        client_id = self.issuer.client_id
        registry = jwt.JWTClaimsRegistry(
            leeway=_LEEWAY_S,
            iss={"essential": True, "value": self.issuer.issuer},
            aud={"essential": True, "value": client_id},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
            sub={"essential": True},
        )
        try:
            claims = self._decoded(id_token)
            registry.validate(claims)
        except (JoseError, ValueError, TypeError) as error:
            raise OutsideTrouble(f"the ID token does not hold ({type(error).__name__})") from None
        audience, party = claims["aud"], claims.get("azp")
        if party is not None and party != client_id:
            raise OutsideTrouble("the ID token was made for another client")
        if isinstance(audience, list) and len(audience) > 1 and party is None:
            raise OutsideTrouble("the ID token was made for several clients")
        subject = claims["sub"]
        if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT:
            raise OutsideTrouble("the ID token names nobody")
        return subject

    def _decoded(self, id_token: str) -> dict[str, Any]:
        try:
            return jwt.decode(id_token, self._keys(), algorithms=_ALGORITHMS).claims
        except (JoseError, ValueError):
            # Perhaps the issuer has a new key; ask once.
            self._forget("jwks")
            return jwt.decode(id_token, self._keys(), algorithms=_ALGORITHMS).claims

    def _keys(self) -> KeySet:
        found = self._kept("jwks", lambda: self._endpoint("jwks_uri"))
        return KeySet.import_key_set(found)  # type: ignore[arg-type]  # checked by the library itself

    def _endpoint(self, name: str) -> str:
        found = self._metadata().get(name)
        if not isinstance(found, str):
            raise OutsideTrouble(f"the issuer does not say where its {name} is")
        return found

    def _metadata(self) -> Mapping[str, Any]:
        issuer = self.issuer.issuer
        address = f"{issuer.rstrip('/')}/.well-known/openid-configuration"
        found = self._kept("metadata", lambda: address)
        if found.get("issuer") != issuer:
            self._forget("metadata")
            raise OutsideTrouble("the issuer calls itself by another name")
        return found

    def _kept(self, what: str, address: Callable[[], str]) -> Mapping[str, Any]:
        with self._lock:
            kept = self._known.get(what)
        if kept is not None and kept[0] > time.monotonic():
            return kept[1]
        found = self._fetch(address())
        with self._lock:
            self._known[what] = (time.monotonic() + _KEPT_S, found)
        return found

    def _forget(self, what: str) -> None:
        with self._lock:
            self._known.pop(what, None)
