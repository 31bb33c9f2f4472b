"""Signatures: the vectors of the RFCs, another implementation both ways, and nothing looser accepted."""

from __future__ import annotations

import base64
import copy
import json
import pickle
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given, settings
from hypothesis import strategies as st
from joserfc import jws as joserfc_jws
from joserfc.jwk import OKPKey

from artist_console.formats.signatures import (
    MAX_HEADER_BYTES,
    MAX_NAME_CHARS,
    MAX_PAYLOAD_BYTES,
    MalformedSignature,
    NotAKey,
    PublicKey,
    SignatureFault,
    SigningKey,
    VerifiedJws,
    base64url,
    by_kid,
    check_signature,
    check_with,
    read_base64url,
    read_detached,
    read_jws,
    read_named,
    sign_detached,
    sign_jws,
    sign_named,
)

KEY = SigningKey(bytes(range(32)))
OTHER = SigningKey(bytes(range(1, 33)))
KEYS = by_kid((KEY.public, OTHER.public))

# RFC 8032, 7.1: secret key, public key, message, signature.
RFC_8032 = [
    (
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        "d25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        "387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        "4a7c15e9716ed28dc027beceea1ec40a",
    ),
]

# It warns that RFC 9864 has a narrower name for the algorithm; ours is the one of RFC 8037.
_NAMES_EDDSA = pytest.mark.filterwarnings("ignore:EdDSA is deprecated via RFC 9864")

# RFC 8037, appendix A.
A_1_PRIVATE = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"
A_2_PUBLIC = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}
A_3_THUMBPRINT = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"
A_4_JWS = (
    "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc."
    "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
)


@pytest.mark.parametrize(("secret", "public", "message", "signature"), RFC_8032)
def test_the_vectors_of_rfc_8032_hold(secret: str, public: str, message: str, signature: str) -> None:
    key = SigningKey(bytes.fromhex(secret))
    assert key.public.raw.hex() == public
    assert key.sign(bytes.fromhex(message)).hex() == signature
    assert key.public.verifies(bytes.fromhex(signature), bytes.fromhex(message))
    assert not key.public.verifies(bytes.fromhex(signature), bytes.fromhex(message) + b"!")


def test_the_vectors_of_rfc_8037_hold() -> None:
    key = PublicKey.from_jwk(A_2_PUBLIC)
    assert SigningKey(read_base64url(A_1_PRIVATE)).public == key
    assert key.kid == A_3_THUMBPRINT
    checked = check_with(read_jws(A_4_JWS), key)
    assert isinstance(checked, VerifiedJws)
    assert checked.payload == b"Example of Ed25519 signing"


@_NAMES_EDDSA
@given(st.binary(max_size=300), st.binary(min_size=32, max_size=32))
@settings(deadline=None)
def test_another_implementation_reads_what_is_signed_here(payload: bytes, seed: bytes) -> None:
    key = SigningKey(seed)
    theirs = OKPKey.import_key(key.public.jwk())
    read = joserfc_jws.deserialize_compact(sign_jws(payload or b"-", key, "thing+jws"), theirs, ["EdDSA"])
    assert read.payload == (payload or b"-")
    assert read.headers() == {"alg": "EdDSA", "kid": theirs.thumbprint(), "typ": "thing+jws"}


@_NAMES_EDDSA
@given(st.binary(min_size=1, max_size=300), st.binary(min_size=32, max_size=32))
@settings(deadline=None)
def test_what_another_implementation_signs_is_read_here(payload: bytes, seed: bytes) -> None:
    key = SigningKey(seed)
    theirs = OKPKey.import_key({**key.public.jwk(), "d": base64url(seed)})
    text = joserfc_jws.serialize_compact({"alg": "EdDSA", "kid": key.public.kid}, payload, theirs, ["EdDSA"])
    checked = check_signature(read_jws(text), by_kid((key.public,)))
    assert checked == VerifiedJws(payload, "", key.public)


def test_no_change_of_any_sign_goes_unnoticed() -> None:
    text = sign_jws(b'{"n":1}', KEY)
    for at in range(len(text)):
        for sign in "A-_.= \n\u00e9":
            if text[at] == sign:
                continue
            changed = text[:at] + sign + text[at + 1 :]
            assert not _is_accepted(changed), changed


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_any_other_text_is_refused(data: st.DataObject) -> None:
    text = sign_jws(b'{"n":1}', KEY)
    at = data.draw(st.integers(0, len(text)))
    until = data.draw(st.integers(at, len(text)))
    changed = text[:at] + data.draw(st.text(max_size=4)) + text[until:]
    assert changed == text or not _is_accepted(changed)


def _is_accepted(text: str) -> bool:
    try:
        return isinstance(check_signature(read_jws(text), KEYS), VerifiedJws)
    except MalformedSignature:
        return False


def _forged(header: object, signer: SigningKey = KEY) -> str:
    """A text with this header and a right signature over it."""
    raw = header if isinstance(header, bytes) else json.dumps(header).encode()
    signed = f"{base64url(raw)}.{base64url(b'payload')}"
    return f"{signed}.{base64url(signer.sign(signed.encode()))}"


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none", "kid": KEY.public.kid},
        {"alg": "HS256", "kid": KEY.public.kid},
        {"alg": "Ed25519", "kid": KEY.public.kid},
        {"alg": ["EdDSA"], "kid": KEY.public.kid},
        {"kid": KEY.public.kid},
        {"alg": "EdDSA", "kid": KEY.public.kid, "crit": ["b64"], "b64": False},
        {"alg": "EdDSA", "kid": KEY.public.kid, "jwk": OTHER.public.jwk()},
        {"alg": "EdDSA", "kid": KEY.public.kid, "x5u": "https://example.org/key"},
        {"alg": "EdDSA", "kid": 7},
        ["EdDSA"],
        b'{"alg":"none","alg":"EdDSA"}',
        b'{"alg":"EdDSA"',
        b"\xff\xfe",
        b"[" * 700,
    ],
)
def test_a_header_that_is_not_ours_is_refused_even_when_rightly_signed(header: object) -> None:
    with pytest.raises(MalformedSignature):
        read_jws(_forged(header))


def test_a_signature_by_another_known_key_does_not_pass_for_the_named_one() -> None:
    text = _forged({"alg": "EdDSA", "kid": OTHER.public.kid}, signer=KEY)
    assert check_signature(read_jws(text), KEYS) is SignatureFault.DOES_NOT_MATCH


def test_a_key_under_a_wrong_thumbprint_is_not_used() -> None:
    jws = read_jws(sign_jws(b"payload", KEY))
    assert check_signature(jws, {}) is SignatureFault.KEY_NOT_KNOWN
    assert check_signature(jws, {jws.kid: OTHER.public}) is SignatureFault.KEY_NOT_KNOWN


def test_sizes_are_limited_before_anything_is_decoded() -> None:
    read_jws(sign_jws(b"x" * MAX_PAYLOAD_BYTES, KEY))
    for text in (
        sign_jws(b"x" * (MAX_PAYLOAD_BYTES + 3), KEY),
        _forged({"alg": "EdDSA", "kid": "x" * MAX_HEADER_BYTES}),
        "." * 1_000_000,
        "",
        "a.b",
        sign_jws(b"", KEY),
    ):
        with pytest.raises(MalformedSignature):
            read_jws(text)


@given(st.binary(max_size=64))
@settings(deadline=None)
def test_bytes_have_one_spelling(data: bytes) -> None:
    text = base64url(data)
    assert read_base64url(text) == data
    padded = base64.urlsafe_b64encode(data).decode()
    if padded != text:
        with pytest.raises(MalformedSignature):
            read_base64url(padded)


def test_loose_bits_at_the_end_are_refused() -> None:
    assert read_base64url("AA") == b"\0"
    for text in ("AB", "AP", "AAB", "A", "A\n", "+A", "/w"):
        with pytest.raises(MalformedSignature):
            read_base64url(text)


def test_a_detached_signature_holds_for_its_own_payload_only() -> None:
    text = sign_detached(b"manifest", KEY)
    assert isinstance(check_signature(read_detached(text, b"manifest"), KEYS), VerifiedJws)
    assert check_signature(read_detached(text, b"manifesT"), KEYS) is SignatureFault.DOES_NOT_MATCH
    with pytest.raises(MalformedSignature):
        read_jws(text)
    with pytest.raises(MalformedSignature):
        read_detached(sign_jws(b"manifest", KEY), b"manifest")


def test_the_private_key_shows_nothing_and_cannot_be_copied_away() -> None:
    assert repr(KEY) == f"SigningKey(kid='{KEY.public.kid}')"
    for copying in (copy.copy, pickle.dumps):
        with pytest.raises(TypeError):
            copying(KEY)
    with pytest.raises(NotAKey):
        SigningKey(b"short")


def test_a_fingerprint_is_the_start_of_the_thumbprint_in_groups() -> None:
    groups = KEY.public.fingerprint.split(" ")
    assert [len(group) for group in groups] == [4] * 8
    assert read_base64url(KEY.public.kid)[:16].hex() == "".join(groups)


@pytest.mark.parametrize(
    "jwk",
    [
        {**A_2_PUBLIC, "kty": "EC"},
        {**A_2_PUBLIC, "crv": "X25519"},
        {**A_2_PUBLIC, "d": A_1_PRIVATE},
        {**A_2_PUBLIC, "x": 7},
        {**A_2_PUBLIC, "x": "AAAA"},
        {**A_2_PUBLIC, "x": A_2_PUBLIC["x"] + "="},
        {"kty": "OKP", "crv": "Ed25519"},
    ],
)
def test_what_is_no_public_ed25519_key_is_refused(jwk: dict[str, object]) -> None:
    with pytest.raises(NotAKey):
        PublicKey.from_jwk(jwk)


_P = 2**255 - 19
_D = -121665 * pow(121666, -1, _P) % _P
_Point = tuple[int, int]


def _plus(one: _Point, other: _Point) -> _Point:
    """Addition on the curve, as RFC 8032 defines it."""
    (x1, y1), (x2, y2) = one, other
    both = _D * x1 * x2 * y1 * y2 % _P
    x = (x1 * y2 + x2 * y1) * pow(1 + both, -1, _P) % _P
    return x, (y1 * y2 + x1 * x2) * pow(1 - both, -1, _P) % _P


def _small_order_points() -> set[_Point]:
    """All points P with 8P = 0: found by multiplying points of the curve with the order of its large part."""
    order = 2**252 + 27742317777372353535851937790883648493
    found: set[_Point] = set()
    for y in range(2, 60):
        square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
        x = pow(square, (_P + 3) // 8, _P)
        if x * x % _P != square:
            x = x * pow(2, (_P - 1) // 4, _P) % _P
        if x * x % _P != square:
            continue
        result, addend, times = (0, 1), (x, y), order
        while times:
            if times & 1:
                result = _plus(result, addend)
            addend, times = _plus(addend, addend), times >> 1
        found.add(result)
    return found


def test_keys_for_which_one_signature_fits_many_messages_are_refused() -> None:
    points = _small_order_points()
    assert len(points) == 8
    for x, y in points:
        for spelled in (y, y + _P):
            if spelled >= 2**255:
                continue
            for sign in (x & 1, 1 - (x & 1)):
                with pytest.raises(NotAKey):
                    PublicKey((spelled | sign << 255).to_bytes(32, "little"))
    # What this guards against: the neutral point verifies this signature over anything.
    neutral = (1).to_bytes(32, "little")
    Ed25519PublicKey.from_public_bytes(neutral).verify(neutral + bytes(32), b"any message at all")


# Signatures that bring their key and a name along


@_NAMES_EDDSA
@given(st.binary(max_size=200), st.text(st.characters(exclude_categories=["Cs"]), max_size=MAX_NAME_CHARS))
@settings(deadline=None)
def test_a_signature_that_brings_its_key_is_read_by_us_and_by_another_implementation(
    payload: bytes, name: str
) -> None:
    text = sign_named(payload, KEY, "some+jws", name)
    named = read_named(text, payload)
    assert (named.key, named.name, named.jws.typ) == (KEY.public, name, "some+jws")
    assert isinstance(check_with(named.jws, named.key), VerifiedJws)
    key = OKPKey.import_key(dict[str, str | list[str]](KEY.public.jwk()))
    theirs = joserfc_jws.deserialize_compact(text, key, algorithms=["EdDSA"], payload=payload)
    assert theirs.headers()["jwk"] == {**KEY.public.jwk(), "name": name}
    assert check_with(read_named(text, payload + b"x").jws, KEY.public) is SignatureFault.DOES_NOT_MATCH


def test_a_name_that_is_too_long_is_cut() -> None:
    named = read_named(sign_named(b"", KEY, "t", "\x00" * (MAX_NAME_CHARS + 1)), b"")
    assert named.name == "\x00" * MAX_NAME_CHARS


_JWK = {**KEY.public.jwk(), "name": "Mara"}
_HEADER = {"alg": "EdDSA", "jwk": _JWK, "kid": KEY.public.kid, "typ": "t"}


@pytest.mark.parametrize(
    "header",
    [
        _HEADER | {"alg": "none"},
        _HEADER | {"alg": "ES256"},
        _HEADER | {"crit": ["b64"]},
        _HEADER | {"b64": False},
        _HEADER | {"jku": "https://evil.example"},
        _HEADER | {"kid": OTHER.public.kid},
        _HEADER | {"kid": 1},
        _HEADER | {"typ": ["t"]},
        _HEADER | {"jwk": OTHER.public.jwk() | {"name": "Mara"}},
        _HEADER | {"jwk": KEY.public.jwk()},
        _HEADER | {"jwk": _JWK | {"d": base64url(bytes(32))}},
        _HEADER | {"jwk": _JWK | {"use": "sig"}},
        _HEADER | {"jwk": _JWK | {"name": 1}},
        _HEADER | {"jwk": _JWK | {"name": "x" * (MAX_NAME_CHARS + 1)}},
        _HEADER | {"jwk": _JWK | {"kty": "EC"}},
        _HEADER | {"jwk": _JWK | {"x": base64url(bytes(31))}},
        _HEADER | {"jwk": _JWK | {"x": base64url(bytes(32))}},
        _HEADER | {"jwk": []},
        {name: value for name, value in _HEADER.items() if name != "typ"},
        [],
        None,
    ],
)
def test_a_header_that_holds_anything_else_is_refused(header: object) -> None:
    encoded = base64url(json.dumps(header, separators=(",", ":")).encode())
    signed = KEY.sign(f"{encoded}.{base64url(b'payload')}".encode())
    with pytest.raises(MalformedSignature):
        read_named(f"{encoded}..{base64url(signed)}", b"payload")


@pytest.mark.parametrize("spell", [lambda t: t + " ", lambda t: t.replace(":", ": "), lambda t: "[" * 9_999])
def test_a_header_in_another_spelling_is_refused(spell: Callable[[str], str]) -> None:
    encoded = base64url(spell(json.dumps(_HEADER, separators=(",", ":"))).encode())
    signed = KEY.sign(f"{encoded}.".encode())
    with pytest.raises(MalformedSignature):
        read_named(f"{encoded}..{base64url(signed)}", b"")
