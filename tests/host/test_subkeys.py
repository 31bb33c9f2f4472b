"""Keys derived by name."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from hypothesis import given
from hypothesis import strategies as st

from artist_console.host.subkeys import subkey

DATA_KEY = bytes(range(32))


def test_the_same_name_gives_the_same_key_for_ever() -> None:
    # HMAC-SHA256 twice, as RFC 5869 defines it; a profile made today has to open in ten years.
    kept = "a1df12ab9f569ea0bedb87a724c347f0c3b291615bfdf89162aa03cba9fc3acb"
    assert subkey(DATA_KEY, "journal").hex() == kept


def test_other_names_and_other_data_keys_give_other_keys() -> None:
    keys = {subkey(DATA_KEY, "journal"), subkey(DATA_KEY, "mirror"), subkey(bytes(32), "journal")}
    assert len(keys) == 3
    assert all(len(key) == 32 for key in keys)
    assert DATA_KEY not in keys


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_data_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        subkey(bytes(length), "journal")


@given(data_key=st.binary(min_size=32, max_size=32), name=st.text(st.characters(exclude_categories=["Cs"])))
def test_a_key_is_what_another_library_derives_by_the_same_standard(data_key: bytes, name: str) -> None:
    info = b"artist-console/1/" + name.encode()
    other = HKDF(algorithm=SHA256(), length=32, salt=None, info=info).derive(data_key)
    assert subkey(data_key, name) == other
