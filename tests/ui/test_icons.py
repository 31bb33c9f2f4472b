"""The drawings: complete, of one hand, coloured at run time, mirrored where they point."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from artist_console.host.resources import resource_bytes, resource_names
from artist_console.ui.icons import MIRRORED, Icon, Icons


def image(icon: Icon, **more: bool) -> QImage:
    return Icons().pixmap(icon, QColor(Qt.GlobalColor.red), 24, 2.0, **more).toImage()


@pytest.mark.parametrize("icon", Icon)
def test_every_icon_is_a_line_drawing_that_paints_something(icon: Icon, qapp: QApplication) -> None:
    drawing = resource_bytes(f"icons/{icon}.svg").decode()
    assert 'viewBox="0 0 24 24"' in drawing
    assert 'stroke-width="1.7"' in drawing
    assert "#" not in drawing
    painted = image(icon)
    coloured = [
        painted.pixelColor(x, y)
        for x in range(painted.width())
        for y in range(painted.height())
        if painted.pixelColor(x, y).alpha() > 200
    ]
    assert coloured
    assert all(colour.red() > 200 and colour.green() < 60 for colour in coloured)


def test_no_drawing_is_left_over() -> None:
    files = {name.removeprefix("icons/").removesuffix(".svg") for name in resource_names("icons")}
    assert files - {icon.value for icon in Icon} == {"artist-console"}


@pytest.mark.parametrize("icon", sorted(MIRRORED))
def test_arrows_that_mean_a_direction_mirror(icon: Icon, qapp: QApplication) -> None:
    assert image(icon, right_to_left=True) != image(icon)


@pytest.mark.parametrize("icon", [Icon.CHECK, Icon.QUESTION, Icon.CLOCK, Icon.SEARCH])
def test_signs_do_not_mirror(icon: Icon, qapp: QApplication) -> None:
    assert image(icon, right_to_left=True) == image(icon)


def test_a_painted_icon_is_kept_per_colour_and_ratio(qapp: QApplication) -> None:
    icons = Icons()
    red, blue = QColor(Qt.GlobalColor.red), QColor(Qt.GlobalColor.blue)
    first = icons.pixmap(Icon.CHECK, red, 16, 2.0)
    assert icons.pixmap(Icon.CHECK, red, 16, 2.0).cacheKey() == first.cacheKey()
    assert icons.pixmap(Icon.CHECK, blue, 16, 2.0).cacheKey() != first.cacheKey()
    assert icons.pixmap(Icon.CHECK, red, 16, 1.0).width() == 16
    assert first.width() == 32
