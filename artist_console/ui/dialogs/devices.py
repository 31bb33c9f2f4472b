"""The devices that may act for the account with a service; each but this one can be taken off."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from artist_console.commands.signing_in import Device, SignIns
from artist_console.domain.problems import Problem
from artist_console.ui.desk import Desk
from artist_console.ui.dialogs.sheet import Sheet
from artist_console.ui.meanings import problem_words
from artist_console.ui.text import label, say
from artist_console.ui.tokens import TextRole, Token
from artist_console.ui.widgets.buttons import Button
from artist_console.ui.widgets.layout import clear_layout, column, row
from artist_console.ui.widgets.sections import Rule


class DevicesDialog(Sheet):
    """What a device decided before it was taken off stays decided."""

    def __init__(self, desk: Desk, sign_ins: Callable[[], SignIns], parent: QWidget) -> None:
        super().__init__(desk.theme, "devices", say("devices", "Devices"), 560, 460, parent)
        self._desk = desk
        self._sign_ins = sign_ins
        self._sure_of = ""  # the device that was pressed once
        lead = say(
            "devices",
            "These are signed in to your account. One that you take off can do nothing more; what was decided"
            " on it before stays.",
        )
        self.set_heading(say("devices", "Devices"), lead)
        self.rows = column(gap=10)
        self.inside.addLayout(self.rows)
        self.inside.addStretch(1)
        self.close_button = Button(desk.theme, say("dialog", "Close"))
        self.close_button.clicked.connect(self.reject)
        self.set_buttons(None, self.close_button, safe=self.close_button)
        self.rows.addWidget(label(say("devices", "Asking the service…"), tone=Token.TEXT_2))
        desk.background.network.run(lambda: sign_ins().devices(), self._show, self._failed, must_finish=False)

    def _show(self, devices: tuple[Device, ...]) -> None:
        clear_layout(self.rows)
        for at, device in enumerate(devices):
            if at:
                rule = Rule(self._desk.theme)
                self.rows.addWidget(rule)
            self.rows.addWidget(self._row(device))

    def _row(self, device: Device) -> QWidget:
        figures = self._desk.figures
        name = device.name or say("devices", "A device without a name")
        if device.this_one:
            name = say("devices", "{name} (this computer)", name=name)
        when = say(
            "devices",
            "Signed in {since}, last used {last}",
            since=figures.day(device.signed_in_at.date()),
            last=figures.day_and_time(device.last_used_at),
        )
        told = column(
            label(name, weight="medium", wrap=True),
            label(when, TextRole.SMALL, Token.TEXT_2, wrap=True),
            gap=2,
        )
        line = row(told, gap=12)
        line.setStretch(0, 1)
        if not device.this_one:
            off = Button(self._desk.theme, say("devices", "Take off…"))
            off.setAccessibleName(say("devices", "Take off {name}", name=name))
            off.clicked.connect(lambda: self._take_off(device, off))
            line.addWidget(off, 0, Qt.AlignmentFlag.AlignVCenter)
        holder = QWidget()
        holder.setLayout(line)
        return holder

    def _take_off(self, device: Device, button: Button) -> None:
        """Once asks, twice does: it cannot be undone but by signing in on that device again."""
        if self._sure_of != device.id:
            self._sure_of = device.id
            button.set_words(say("devices", "Take off now"))
            return
        button.setEnabled(False)
        self.show_problem("")
        self._desk.background.network.run(
            lambda: self._sign_ins().revoke_device(device.id), self._taken_off, self._failed
        )

    def _taken_off(self, devices: tuple[Device, ...]) -> None:
        self._show(devices)
        self.close_button.setFocus()

    def _failed(self, problem: Problem) -> None:
        self.show_problem(problem_words(problem))
