"""Certificates and keys for marks: what fits is taken, and each fault has its sentence before any file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from artist_console.formats.certificate_chain import CertificateProblem
from artist_console.formats.mark_signer import read_signer
from artist_console.formats.own_certificate import VALID_DAYS, make_certificate
from tests.formats.marking import KEYS, NOW, PASSPHRASE, Made, never_asked, pem


def refusal(chain: bytes, key: bytes, ask: Callable[[], str] = never_asked) -> str:
    with pytest.raises(CertificateProblem) as caught:
        read_signer(chain, key, ask, NOW)
    return caught.value.sentence


@pytest.mark.parametrize("algorithm", KEYS)
def test_a_chain_and_its_key_are_taken_whatever_the_kind_of_key(algorithm: str) -> None:
    made = Made(key=KEYS[algorithm])
    signer = read_signer(made.chain(), made.key_pem(), never_asked, NOW)
    assert (signer.algorithm, signer.name) == (algorithm, "Mira Sand")
    assert signer.chain_pem.count(b"BEGIN CERTIFICATE") == 2
    assert b"PRIVATE" not in signer.chain_pem
    assert "PrivateKey" not in repr(signer)


def test_the_passphrase_is_asked_only_for_a_key_that_is_behind_one() -> None:
    made = Made()
    asked: list[str] = []

    def ask() -> str:
        asked.append("asked")
        return PASSPHRASE

    read_signer(made.chain(), made.key_pem(PASSPHRASE), ask, NOW)
    assert asked == ["asked"]


def test_a_wrong_passphrase_is_told_and_not_repeated() -> None:
    made = Made()
    said = refusal(made.chain(), made.key_pem(PASSPHRASE), lambda: "not these words")
    assert "does not open the private key" in said
    assert "not these words" not in said


FAULTS = {
    "ended": (Made(until=NOW - timedelta(hours=1)), "ended on 29 November 2026"),
    "not yet": (
        Made(since=NOW + timedelta(days=2), until=NOW + timedelta(days=9)),
        "valid only from 1 December 2026",
    ),
    "self-signed": (Made(self_signed=True), "is signed by itself"),
    "authority": (Made(is_authority=True), "is that of an authority"),
    "no signatures": (Made(digital_signature=False), "not for digital signatures"),
    "web site": (Made(purposes=(ExtendedKeyUsageOID.SERVER_AUTH,)), "another purpose"),
    "any purpose": (
        Made(purposes=(ExtendedKeyUsageOID.EMAIL_PROTECTION, x509.ObjectIdentifier("2.5.29.37.0"))),
        "another purpose",
    ),
    "no purpose": (Made(purposes=()), "another purpose"),
    "curve": (
        Made(key=ec.generate_private_key(ec.SECP256K1())),
        "of a kind that marks cannot be signed with",
    ),
    "short": (Made(key=rsa.generate_private_key(65537, 1024)), "of a kind that marks cannot be signed with"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_of_a_certificate_has_its_sentence(fault: str) -> None:
    made, said = FAULTS[fault]
    sentence = refusal(made.chain(), made.key_pem())
    assert said in sentence
    assert sentence.count(". ") >= 1, "what to do is told as well"


def test_a_root_that_ended_is_told_by_its_own_name() -> None:
    made = Made(root_until=NOW - timedelta(days=1))
    assert "Harbour Root ended on 28 November 2026" in refusal(made.chain(), made.key_pem())


def test_a_chain_in_another_order_or_with_another_root_is_told() -> None:
    made, other = Made(), Made()
    assert "Put your own certificate first" in refusal(pem(made.root) + pem(made.leaf), made.key_pem())
    assert "not in order" in refusal(pem(made.leaf) + pem(other.root), made.key_pem())


def test_the_key_of_another_certificate_is_told() -> None:
    assert "does not belong to the certificate of Mira Sand" in refusal(Made().chain(), Made().key_pem())


@pytest.mark.parametrize(
    "chain", [b"", b"hello", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"]
)
def test_what_holds_no_certificate_is_told(chain: bytes) -> None:
    assert "could not be read" in refusal(chain, Made().key_pem())


def test_files_that_were_swapped_are_told() -> None:
    made = Made()
    assert "holds a private key where" in refusal(made.key_pem(), made.chain())
    assert "private key could not be read" in refusal(made.chain(), made.chain())


def test_a_certificate_of_ones_own_can_be_used_at_once_and_ends() -> None:
    own = make_certificate("Mira Sand", PASSPHRASE, NOW)
    signer = read_signer(own.chain_pem, own.key_pem, lambda: PASSPHRASE, NOW)
    assert signer.name == "Mira Sand"
    assert b"ENCRYPTED" in own.key_pem
    assert PASSPHRASE not in repr(own)
    assert "ENCRYPTED" not in repr(own)
    assert (own.until - NOW).days == VALID_DAYS
    with pytest.raises(CertificateProblem, match="ended"):
        read_signer(own.chain_pem, own.key_pem, lambda: PASSPHRASE, own.until + timedelta(seconds=1))
