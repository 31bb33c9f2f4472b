"""Qt's remarks go into the log, without what may be private, and not onto the terminal."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from PySide6.QtCore import qCritical, qInstallMessageHandler, qWarning
from PySide6.QtGui import QFont

from artist_console.ui.qt_messages import keep_qt_messages


@pytest.fixture
def kept(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    before = qInstallMessageHandler(None)
    keep_qt_messages()
    caplog.set_level(logging.DEBUG, "artist_console")
    yield caplog
    qInstallMessageHandler(before)


def test_a_desktop_without_a_font_setting_is_no_news_for_the_terminal(
    kept: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    QFont().fromString("")
    assert capfd.readouterr() == ("", "")
    assert [record.getMessage() for record in kept.records] == ["default QFont::fromString"]


def test_what_qt_says_of_a_file_stays_out_of_the_log(
    kept: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    qWarning("QImage::load: /home/mara/secret.png cannot be opened")
    assert "mara" not in kept.text
    assert capfd.readouterr().err == ""


def test_what_is_critical_is_printed_too(
    kept: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    qCritical("The display went away")
    assert "The display went away" in capfd.readouterr().err
    assert kept.records[-1].levelno == logging.ERROR
