"""The style sheet for Qt's own controls, made from the tokens. What the kit paints itself is not in it."""

from __future__ import annotations

from artist_console.ui.tokens import TextRole, Tint, Token, Tokens

_STRONG = 600
_MEDIUM = 500


def style_sheet(tokens: Tokens, text_size_percent: int) -> str:
    """The whole sheet for one theme at one text size."""

    def px(at_100_percent: int) -> int:
        return round(at_100_percent * text_size_percent / 100)

    names: dict[str, object] = {token.value: colour for token, colour in tokens.colours.items()}
    names |= {
        "border": tokens.border,
        "control": px(tokens.height["control"]) - 2 * tokens.border,
        "header": px(tokens.height["header"]),
        "box": tokens.radius["box"],
        "button": tokens.radius["button"],
        "field": tokens.radius["field"],
        "card": tokens.radius["card"],
        "body": px(tokens.types[TextRole.BODY].size),
        "small": px(tokens.types[TextRole.SMALL].size),
        "tick": px(16),
    }
    return "\n".join([_labels(tokens, px(100)), _CONTROLS % names])


def _labels(tokens: Tokens, percent: int) -> str:
    """Labels carry `role`, `tone`, `strong` and `medium` as properties; see text.py."""
    rules = []
    for role, values in tokens.types.items():
        size = round(values.size * percent / 100)
        rules.append(f'QLabel[role="{role}"] {{ font-size: {size}px; font-weight: {values.weight}; }}')
    for token in (Token.TEXT, Token.TEXT_2, Token.TEXT_3, Token.ACCENT_TEXT, Token.ON_ACCENT):
        rules.append(f'QLabel[tone="{token}"] {{ color: {tokens.colours[token]}; }}')
    for tint in Tint:
        rules.append(f'QLabel[tone="{tint}"] {{ color: {tokens.tints[tint].text}; }}')
    rules.append(f'QLabel[weight="medium"] {{ font-weight: {_MEDIUM}; }}')
    rules.append(f'QLabel[weight="strong"] {{ font-weight: {_STRONG}; }}')
    rules.append(f"QLabel:disabled {{ color: {tokens.colours[Token.DISABLED]}; }}")
    return "\n".join(rules)


_CONTROLS = """
QWidget { color: %(text)s; }
QMainWindow, QDialog { background: %(surface)s; }
QLabel { background: transparent; }
QFrame[surface="bg"] { background: %(bg)s; }
QFrame[surface="surface"] { background: %(surface)s; }
QFrame[surface="line"] { background: %(line)s; border: none; }
QScrollArea, QScrollArea > QWidget > QWidget[page="true"] { background: transparent; border: none; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QDateEdit, QComboBox {
  background: %(surface)s; color: %(text)s; border: %(border)spx solid %(control_line)s;
  border-radius: %(field)spx; padding: 0 9px; selection-background-color: %(accent)s;
  selection-color: %(on_accent)s; min-height: %(control)spx;
}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDateEdit:focus, QComboBox:focus {
  border: 2px solid %(focus)s; padding: 0 8px;
}
QPlainTextEdit, QTextEdit { padding: 8px; }
QPlainTextEdit:focus, QTextEdit:focus { padding: 7px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QSpinBox:disabled, QDateEdit:disabled, QComboBox:disabled {
  color: %(disabled)s; background: %(sunken)s; border-color: %(line)s;
}
QLineEdit[flat="true"], QLineEdit[flat="true"]:focus { border: none; background: transparent; padding: 0; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: none; width: 0; height: 0; }
QComboBox QAbstractItemView {
  background: %(surface)s; border: %(border)spx solid %(control_line)s; outline: 0;
  selection-background-color: %(selected)s; selection-color: %(text)s; padding: 4px;
}
QSpinBox::up-button, QSpinBox::down-button { width: 18px; border: none; }
QDateEdit::up-button, QDateEdit::down-button { width: 18px; border: none; }

QCheckBox, QRadioButton { spacing: 8px; min-height: 24px; }
QCheckBox:disabled, QRadioButton:disabled { color: %(disabled)s; }

QMenuBar { background: %(bg)s; color: %(text)s; }
QMenuBar::item { padding: 4px 10px; background: transparent; border-radius: %(box)spx; }
QMenuBar::item:selected { background: %(selected)s; }
QMenu {
  background: %(surface)s; border: %(border)spx solid %(control_line)s;
  border-radius: %(field)spx; padding: 5px;
}
QMenu::item { padding: 6px 26px 6px 10px; border-radius: %(button)spx; color: %(text)s; }
QMenu::item:selected { background: %(selected)s; }
QMenu::item:disabled { color: %(disabled)s; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: %(line)s; margin: 5px 8px; }
QToolTip {
  background: %(surface)s; color: %(text)s; border: %(border)spx solid %(control_line)s;
  padding: 5px 8px; font-size: %(small)spx;
}

QTableView, QTreeView, QListView {
  background: %(surface)s; border: none; outline: 0; gridline-color: transparent;
  selection-background-color: transparent; selection-color: %(text)s;
}
QListView::item:selected, QTreeView::item:selected { background: %(selected)s; color: %(text)s; }
QHeaderView { background: %(surface)s; border: none; }
QHeaderView::section {
  background: %(surface)s; color: %(text_3)s; border: none; padding: 0;
  font-size: %(small)spx; font-weight: 500;
}
QAbstractScrollArea::corner { background: transparent; border: none; }
QTableCornerButton::section { background: %(surface)s; border: none; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; border: none; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; border: none; }
QScrollBar::handle { background: %(line)s; border: 2px solid transparent; border-radius: 5px; }
QScrollBar::handle:vertical { min-height: 32px; margin: 2px; }
QScrollBar::handle:horizontal { min-width: 32px; margin: 2px; }
QScrollBar::handle:hover { background: %(control_line)s; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: none; background: none; }
QScrollBar::add-page, QScrollBar::sub-page { background: none; }

QProgressBar { background: %(sunken)s; border: none; border-radius: 2px; max-height: 4px; min-height: 4px; }
QProgressBar::chunk { background: %(accent)s; border-radius: 2px; }
QSplitter::handle { background: %(line)s; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QTabBar { background: transparent; }
QTabBar::tab { padding: 6px 12px; color: %(text_2)s; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: %(accent_text)s; border-bottom: 2px solid %(accent)s; }
QTabWidget::pane { border: none; }
QDialogButtonBox { button-layout: 0; }
QDialogButtonBox QPushButton, QMessageBox QPushButton {
  background: %(surface)s; color: %(text)s; border: %(border)spx solid %(control_line)s;
  border-radius: %(button)spx; padding: 0 13px; font-weight: 600; min-height: %(control)spx;
}
QDialogButtonBox QPushButton:hover, QMessageBox QPushButton:hover { background: %(hover)s; }
QDialogButtonBox QPushButton:focus, QMessageBox QPushButton:focus {
  border: 2px solid %(focus)s; padding: 0 12px;
}
QDialogButtonBox QPushButton:disabled { color: %(disabled)s; background: %(sunken)s; }
"""
