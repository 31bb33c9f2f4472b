"""What a system and an installer are told: the kinds of file the program opens, and what ships with it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

from artist_console.commands.signer_cards import ENDING as CARD_SUFFIX
from artist_console.host.resources import resource_names
from artist_console.ui.places import EVIDENCE_SUFFIX, REPORT_SUFFIX

TOP = Path(__file__).parents[1]
LINUX = TOP / "packaging" / "linux"
KINDS = "{http://www.freedesktop.org/standards/shared-mime-info}"


@pytest.mark.parametrize("ending", [REPORT_SUFFIX, EVIDENCE_SUFFIX, CARD_SUFFIX])
def test_a_system_knows_what_the_program_opens(ending: str) -> None:
    kinds = ElementTree.parse(LINUX / "artist-console-mime.xml").getroot()
    (kind,) = (
        each.get("type")
        for each in kinds
        if any(glob.get("pattern") == f"*{ending}" for glob in each.iter(f"{KINDS}glob"))
    )
    desktop = (LINUX / "artist-console.desktop").read_text(encoding="utf-8")
    (opens,) = (line for line in desktop.splitlines() if line.startswith("MimeType="))
    assert kind in opens.removeprefix("MimeType=").split(";")
    told = ElementTree.parse(LINUX / "artist-console.metainfo.xml").getroot()
    assert kind in [each.text for each in told.iter("mediatype")]


def test_the_shared_kinds_are_in_the_namespace_that_systems_read() -> None:
    assert ElementTree.parse(LINUX / "artist-console-mime.xml").getroot().tag == f"{KINDS}mime-info"


@pytest.mark.parametrize("folder", ["letters", "law", "directory", "data", "site", "fonts", "theme"])
def test_all_resources_ship_in_the_wheel_and_in_the_frozen_program(folder: str) -> None:
    assert resource_names(folder)
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert wheel["force-include"]["resources"] == "artist_console/resources"
    spec = (TOP / "packaging" / "artist-console.spec").read_text(encoding="utf-8")
    assert '(str(PROJECT / "resources"), "artist_console/resources")' in spec
