"""Where the keyboard is inside a part that is about to be filled anew, and its way back there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


class HeldFocus:
    """Taken before the part is emptied; a control is known again by its kind, its name and its place.

    Asked of the window and not of the part: while a dialog is open, nothing behind it has the focus, but the
    window knows what gets it back.
    """

    def __init__(self, part: QWidget) -> None:
        self._part = part
        found: QWidget | None = part.window().focusWidget()  # Qt's types say that there always is one
        self._key: tuple[type[QWidget], str] | None = None
        self._place = 0
        if found is not None and found is not part and part.isAncestorOf(found):
            self._key = (type(found), found.accessibleName())
            alike = self._alike()
            self._place = alike.index(found) if found in alike else 0

    def give_back(self, otherwise: QWidget) -> None:
        """To the same control, or to another where it is gone; nothing where the keyboard was elsewhere."""
        if self._key is None:
            return
        alike = self._alike()
        found = alike[min(self._place, len(alike) - 1)] if alike else otherwise
        found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _alike(self) -> list[QWidget]:
        """The controls of that kind and name that are there and can be used, in the order they were made."""
        assert self._key is not None, "asked only where the keyboard is inside"
        kind, name = self._key
        return [
            each
            for each in self._part.findChildren(kind)
            if type(each) is kind
            and each.accessibleName() == name
            and each.isEnabled()
            and each.focusPolicy() is not Qt.FocusPolicy.NoFocus
            and not _is_let_go(each, self._part)
        ]


def _is_let_go(each: QWidget, part: QWidget) -> bool:
    """Whether it, or what holds it, was hidden: taken out, or folded away."""
    widget: QWidget | None = each
    while widget is not None and widget is not part:
        if widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide):
            return True
        widget = widget.parentWidget()
    return False
