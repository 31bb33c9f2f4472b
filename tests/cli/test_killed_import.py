"""A service that is killed in the middle of a file, and of its job, takes it over once and whole."""

from __future__ import annotations

import hashlib
import re
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest
import requests

from artist_console.formats.sign_in_wire import ONE_TIME_CODE
from tests.formats.manifests import KEY, in_model, inclusion, manifest
from tests.journeys.terminal import PROGRAM, Terminal

LINES = 30_000
STEP = 512 * 1024


class Served:
    """A service as a process of its own, which can be killed and started again."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._process: subprocess.Popen[str] | None = None
        self._token = ""
        self.url = ""
        code = re.search(r"the code (\S+)", self.start())
        assert code is not None
        form = {"grant_type": ONE_TIME_CODE, "code": code[1], "device_name": "Laptop"}
        answer = requests.post(f"{self.url}/oauth/token", data=form, timeout=60)
        self._token = answer.json()["access_token"]

    def start(self) -> str:
        command = [*PROGRAM, "backend", "serve", "--data", str(self._terminal.data)]
        self._process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            text=True,
            env=self._terminal.environment(),
            cwd=self._terminal.home,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found is not None, line
        self.url = found[0]
        return line

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    def ask(self, method: str, path: str, **more: Any) -> Any:
        headers = {"Authorization": f"Bearer {self._token}"}
        answer = requests.request(method, f"{self.url}/v1/{path}", headers=headers, timeout=60, **more)
        assert answer.ok, answer.text
        return answer.json()

    def until(self, job: str, rows: int) -> Any:
        """The job once it has read so many rows, or has ended."""
        while True:
            now = self.ask("GET", f"imports/{job}")
            if now["state"] in ("done", "failed") or (now["state"] == "running" and now["rows_read"] >= rows):
                return now
            time.sleep(0.02)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    home = tmp_path / "home"
    home.mkdir()
    return Terminal(tmp_path / "service", home)


def test_a_killed_service_goes_on_with_a_file_and_with_its_job(terminal: Terminal) -> None:
    served = Served(terminal)
    try:
        catalogue = b"title,artist,isrc\nSalt,Mara Quist,SEXXX2500001\nLow,Mara Quist,SEXXX2500002\n"
        params = {"kind": "catalogue", "file_name": "c.csv"}
        served.until(served.ask("POST", "imports", params=params, data=catalogue)["id"], LINES)
        lines = [inclusion(f"SEXXX27{n:05}", words="not ours " * 8) for n in range(LINES - 2)]
        data = manifest(in_model("SEXXX2500001"), *lines, inclusion("SEXXX2500002"), key=KEY)
        sha256 = hashlib.sha256(data).hexdigest()
        new = {"file_name": "m.jsonl", "size": len(data), "sha256": sha256}
        id = served.ask("POST", "uploads", json=new)["id"]
        offset, killed = 0, False
        while offset < len(data):
            part = data[offset : offset + STEP]
            offset = served.ask("PUT", f"uploads/{id}", params={"offset": offset}, data=part)["offset"]
            if not killed and offset > len(data) // 2:
                served.kill()
                served.start()
                assert served.ask("GET", f"uploads/{id}")["offset"] == offset
                killed = True
        job = served.ask("POST", "imports", params={"kind": "manifest", "upload": id})["id"]
        met = served.until(job, LINES // 10)
        assert met["state"] == "running", met
        served.kill()
        served.start()
        done = served.until(job, LINES + 1)
        assert (done["state"], done["rows_read"]) == ("done", LINES), done
        assert (done["counts"]["statements_added"], done["counts"]["works_unknown"]) == (2, LINES - 2)
        assert len(served.ask("GET", "inclusions")["items"]) == 2
        assert not (terminal.data / "imports" / "arriving").exists()
        assert (terminal.data / "imports" / f"{sha256}.sealed").exists()
    finally:
        served.kill()
