"""A receipt by command line alone: decided, recorded, saved, and checked by a stranger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from joserfc import jws as joserfc_jws
from joserfc.jwk import OKPKey

from tests.journeys.terminal import Terminal

CATALOGUE = "title,artist,isrc\nLow Tide,Mira Sand,AA6Q72600001\n"


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated.*")
def test_from_a_refusal_to_a_proof_that_a_stranger_checks(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "c.csv").write_text(CATALOGUE, encoding="utf-8")
    mine, stranger = Terminal(tmp_path / "profile", home), Terminal(tmp_path / "nobody", home)
    mine.done("import", "catalogue", "c.csv")
    mine.done("decide", "refuse", "--all", "--use", "training")
    assert "no receipt" in mine.refused("receipt", "show", "latest")
    mine.done("sync")
    mine.done("undo")
    assert mine.done("redo").startswith("Done again: Refuse Training for all my music")
    assert "Nothing was taken back" in mine.refused("redo")
    mine.done("sync")

    decisions = mine.asked("decisions", "list", "--to", "refuse", "--receipt", "with")["decisions"]
    assert [row["n"] for row in decisions] == [3, 1]
    last_signs = decisions[1]["id"][-8:]
    saved = mine.asked("receipt", "save", last_signs, "--out", "proof.json")
    assert (saved["n"], saved["decision"]) == (1, decisions[1]["id"])
    assert "is there already" in mine.refused("receipt", "save", last_signs, "--out", "proof.json")
    mine.done("receipt", "save", last_signs, "--out", "r.jws", "--format", "jws")
    mine.done("receipt", "save", last_signs, "--out", "c.json", "--format", "consent-record")
    assert json.loads((home / "c.json").read_bytes())["artist_console"]["state"] == "refused"

    text, key = (home / "r.jws").read_text(), json.loads((home / "proof.json").read_bytes())["signer_key"]
    claims = json.loads(joserfc_jws.deserialize_compact(text, OKPKey.import_key(key), ["EdDSA"]).payload)
    assert claims["decision"]["id"] == decisions[1]["id"]
    (home / "key.json").write_text(json.dumps(key), encoding="utf-8")

    assert mine.asked("receipt", "verify", "proof.json")["verdict"] == "genuine"
    assert stranger.run("receipt", "verify", "proof.json").returncode == 4
    alone = stranger.run("receipt", "verify", "r.jws")
    assert (alone.returncode, alone.stdout.splitlines()[0]) == (3, "Cannot be checked.")
    assert stranger.run("receipt", "verify", "r.jws", "--key", "key.json").returncode == 0
    (home / "bad.jws").write_text(text[:-9] + ("A" if text[-9] != "A" else "B") + text[-8:], encoding="utf-8")
    changed = stranger.run("receipt", "verify", "bad.jws", "--key", "key.json", "--json")
    assert (changed.returncode, json.loads(changed.stdout)["verdict"]) == (3, "changed")
    assert not (tmp_path / "nobody").exists(), "checking leaves no profile behind"

    made = mine.asked("decisions", "list", "--state", "recorded", "--out", "d.csv")
    assert (made["total"], made["path"]) == (3, "d.csv")
    assert len((home / "d.csv").read_text(encoding="utf-8-sig").splitlines()) == 4
    assert (
        mine.done("decisions", "list", "--from", "none", "--out", "d.xlsx") == "Wrote 1 decision to d.xlsx.\n"
    )
    assert "ends in neither" in mine.refused("decisions", "list", "--out", "d.ods")
    assert "No decision is like that" in mine.done("decisions", "list", "--state", "conflict")
