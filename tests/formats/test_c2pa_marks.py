"""Marks in real files: what is written is read back, by the library's own reader too, and the audio stays."""

from __future__ import annotations

import io
import json
import socket
from typing import Any

import c2pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from artist_console.domain.marks import AudioKind, MarkEntry, MarkRead, MarkState, MarkUse
from artist_console.formats.audio_sight import look_at
from artist_console.formats.c2pa_marks import MarkRefused, mark_of, read_mark, write_mark
from tests.formats.marking import KEYS, Made, audio_files, pem

FILES = audio_files()
STATED = (
    MarkEntry("cawg.ai_generative_training", MarkUse.NOT_ALLOWED),
    MarkEntry("cawg.ai_inference", MarkUse.CONSTRAINED, "https://example.org/ask"),
)
OWN = {"says": "This is a reservation. It is not a licence."}
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)
MEDIA = {"wav": "audio/wav", "mp3": "audio/mpeg", "flac": "audio/flac", "m4a": "audio/mp4"}


@pytest.fixture(scope="module")
def made() -> Made:
    return Made()


def marked(content: bytes, made: Made, entries: tuple[MarkEntry, ...] = STATED) -> bytes:
    source, target = io.BytesIO(content), io.BytesIO()
    write_mark(source, target, look_at(source).kind, made.signer(), entries, OWN, "1.0")
    return target.getvalue()


def kind_of(content: bytes) -> AudioKind:
    return look_at(io.BytesIO(content)).kind


@pytest.mark.parametrize("name", FILES)
def test_a_mark_is_read_back_and_the_audio_and_tags_stay(name: str, made: Made) -> None:
    content = marked(FILES[name], made)
    before, after = look_at(io.BytesIO(FILES[name])), look_at(io.BytesIO(content))
    assert (after.kind, after.audio_sha256) == (before.kind, before.audio_sha256)
    assert after.tags.same_as(before.tags)
    found = read_mark(io.BytesIO(content), after.kind)
    assert (found.state, found.entries, found.own) == (MarkState.INTACT, STATED, OWN)
    assert (found.signer, found.made_with, found.parents) == ("Mira Sand", "Artist Console", 0)


@pytest.mark.parametrize("name", FILES)
def test_the_librarys_own_reader_finds_the_assertion(name: str, made: Made) -> None:
    content = marked(FILES[name], made)
    with c2pa.Reader(MEDIA[name.rpartition(".")[2]], io.BytesIO(content)) as reader:
        store: Any = json.loads(reader.json())
    active = store["manifests"][store["active_manifest"]]
    data = next(each["data"] for each in active["assertions"] if each["label"] == "cawg.training-mining")
    assert data == {
        "entries": {
            "cawg.ai_generative_training": {"use": "notAllowed"},
            "cawg.ai_inference": {"use": "constrained", "constraint_info": "https://example.org/ask"},
        }
    }
    actions = next(each["data"] for each in active["assertions"] if each["label"].startswith("c2pa.actions"))
    assert [each["action"] for each in actions["actions"]] == ["c2pa.opened"]


@pytest.mark.parametrize("algorithm", KEYS)
def test_every_kind_of_key_signs(algorithm: str) -> None:
    made = Made(key=KEYS[algorithm])
    content = marked(FILES["sine.wav"], made)
    trusting = read_mark(io.BytesIO(content), AudioKind.WAV, pem(made.root).decode())
    assert trusting.state is MarkState.TRUSTED
    assert read_mark(io.BytesIO(content), AudioKind.WAV).state is MarkState.INTACT


@pytest.mark.parametrize("name", FILES)
def test_audio_that_was_changed_afterwards_is_told(name: str, made: Made) -> None:
    content = bytearray(marked(FILES[name], made))
    where = content.rfind(FILES[name][-1000:-900])
    content[where + 50] ^= 1
    found = read_mark(io.BytesIO(bytes(content)), kind_of(FILES[name]))
    assert found.state is MarkState.CHANGED
    assert found.entries == STATED, "what it stated is still shown"


@pytest.mark.parametrize("name", FILES)
def test_a_mark_that_was_there_is_kept_underneath(name: str, made: Made) -> None:
    again = marked(marked(FILES[name], made), Made(name="Ola Sand"), STATED[:1])
    found = read_mark(io.BytesIO(again), kind_of(again))
    assert (found.state, found.entries, found.parents) == (MarkState.INTACT, STATED[:1], 1)
    assert found.signer == "Ola Sand"
    before = look_at(io.BytesIO(FILES[name]))
    assert look_at(io.BytesIO(again)).audio_sha256 == before.audio_sha256


def test_another_root_is_not_taken_for_the_one_that_signed(made: Made) -> None:
    content = marked(FILES["sine.wav"], made)
    assert read_mark(io.BytesIO(content), AudioKind.WAV, pem(Made().root).decode()).state is MarkState.INTACT


@pytest.mark.parametrize("name", FILES)
def test_a_file_without_a_mark_has_none(name: str) -> None:
    assert read_mark(io.BytesIO(FILES[name]), kind_of(FILES[name])).state is MarkState.NONE


def test_what_the_library_cannot_sign_is_one_sentence(made: Made) -> None:
    source, target = io.BytesIO(b"RIFF\0\0\0\0WAVE"), io.BytesIO()
    with pytest.raises(MarkRefused, match="No mark could be written"):
        write_mark(source, target, AudioKind.M4A, made.signer(), STATED, OWN, "1.0")


def told(*codes: str, state: str = "Valid") -> MarkRead:
    failures = [{"code": code} for code in codes]
    return mark_of(
        {"validation_state": state, "validation_results": {"activeManifest": {"failure": failures}}}
    )


def test_an_end_of_the_certificate_is_told_apart_from_damage() -> None:
    untrusted = "signingCredential.untrusted"
    assert told(untrusted, "signingCredential.expired", state="Invalid").state is MarkState.EXPIRED
    assert told(untrusted, "signingCredential.ocsp.revoked", state="Invalid").state is MarkState.BROKEN
    assert (
        told("signingCredential.expired", "claimSignature.mismatch", state="Invalid").state
        is MarkState.BROKEN
    )
    assert told(untrusted, "assertion.dataHash.mismatch", state="Invalid").state is MarkState.CHANGED
    assert told(untrusted).state is MarkState.INTACT
    assert told(state="Trusted").state is MarkState.TRUSTED
    assert told(state="Something").state is MarkState.BROKEN


@given(JSON, JSON, JSON)
def test_whatever_strangers_put_into_a_manifest_is_read_without_a_fault(a: Any, b: Any, c: Any) -> None:
    manifest = {"assertions": [{"label": "cawg.training-mining", "data": a}, b], "signature_info": c}
    found = mark_of({"active_manifest": "x", "manifests": {"x": manifest}, "validation_results": b})
    assert found.state is MarkState.BROKEN


def test_nothing_is_asked_of_the_network(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("somebody asked the network")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    content = marked(FILES["sine.mp3"], made)
    assert read_mark(io.BytesIO(content), AudioKind.MP3).state is MarkState.INTACT
