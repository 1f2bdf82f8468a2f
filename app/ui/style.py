"""The palette, and the one style sheet: only what the palette cannot say."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from app.ui import fonts, icons
from app.ui.theme import (
    ACCENT,
    ACCENT_DARK,
    EDGE,
    FAINT,
    GROUND,
    HOVER,
    INK,
    LATE,
    LATE_BG,
    LINE,
    PAPER,
    PICK,
    PLAIN_BG,
    RADIUS,
    SOFT,
    TONES,
    XL,
    XS,
    ZEBRA,
    M,
    S,
    em,
    line,
    points,
    row,
)


def palette() -> QPalette:
    """Return the light palette; Windows' dark mode does not reach in."""
    made, role = QPalette(), QPalette.ColorRole
    for key, colour in {
        role.Window: GROUND,
        role.WindowText: INK,
        role.Base: PAPER,
        role.AlternateBase: ZEBRA,
        role.Text: INK,
        role.Button: PAPER,
        role.ButtonText: INK,
        role.BrightText: LATE,
        role.Highlight: PICK,
        role.HighlightedText: INK,
        role.PlaceholderText: FAINT,
        role.Link: ACCENT_DARK,
        role.LinkVisited: ACCENT_DARK,
        role.ToolTipBase: INK,
        role.ToolTipText: PAPER,
        role.Mid: LINE,
        role.Midlight: LINE,
        role.Dark: EDGE,
        role.Light: PAPER,
        role.Accent: ACCENT,
        role.Shadow: SOFT,
    }.items():
        made.setColor(key, QColor(colour))
    for key in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, key, QColor(FAINT))
    return made


def sheet() -> str:
    """Return the style sheet for the size worn now."""
    return _texts() + _frames() + _buttons() + _blanks() + _lists() + _rest()


def _texts() -> str:
    tones = "".join(f'*[tone="{name}"] {{ color: {ink}; }}' for name, (ink, _) in TONES.items())
    roles = "".join(
        f'*[role="{role}"] {{ font-size: {points(role)}pt; }}' for role in ("h2", "h1", "num")
    )
    return f'*[role="note"] {{ font-size: {points("note")}pt; color: {SOFT}; }}{roles}{tones}'


def _frames() -> str:
    return f"""
    #bar {{ background: {PAPER}; border: 0; border-bottom: 1px solid {LINE}; }}
    #foot {{ background: {GROUND}; border: 0; border-top: 1px solid {LINE}; }}
    #card {{ background: {PAPER}; border: 1px solid {LINE}; border-radius: {RADIUS}px; }}
    #sheet {{ background: {PAPER}; }}
    #spare {{ border: 1px dashed {EDGE}; border-radius: {RADIUS}px; color: {SOFT}; }}
    #rule {{ background: {LINE}; border: 0; }}
    QScrollArea, QScrollArea > QWidget > #inside {{ background: transparent; border: 0; }}
    """


def _buttons() -> str:
    tall = row()
    return f"""
    QPushButton {{ min-height: {tall - 2}px; padding: 0 {M}px; border: 1px solid {EDGE};
        border-radius: {RADIUS}px; background: {PAPER}; color: {INK}; icon-size: {em() + 1}px; }}
    QPushButton:hover {{ background: {HOVER}; }}
    QPushButton:pressed, QPushButton:checked {{ background: {PICK}; border-color: {ACCENT}; }}
    QPushButton:focus {{ border: 2px solid {ACCENT}; padding: 0 {M - 1}px;
        min-height: {tall - 4}px; }}
    QPushButton:disabled {{ color: {FAINT}; border-color: {LINE}; background: {GROUND}; }}
    QPushButton::menu-indicator {{ width: 0; }}
    QPushButton[kind="primary"] {{ background: {ACCENT}; border-color: {ACCENT}; color: {PAPER}; }}
    QPushButton[kind="primary"]:hover {{ background: {ACCENT_DARK}; }}
    QPushButton[kind="primary"]:focus {{ border: 2px solid {INK}; }}
    QPushButton[kind="primary"]:disabled {{ background: {PLAIN_BG}; border-color: {LINE};
        color: {FAINT}; }}
    QPushButton[kind="quiet"] {{ border-color: transparent; background: transparent;
        padding: 0 {S}px; }}
    QPushButton[kind="quiet"]:hover {{ background: {HOVER}; }}
    QPushButton[kind="quiet"]:disabled {{ color: {FAINT}; }}
    QPushButton[kind="quiet"][on="true"] {{ color: {ACCENT_DARK}; background: {PICK}; }}
    QPushButton[kind="link"] {{ border-color: transparent; background: transparent;
        padding: 0 {XS}px; color: {ACCENT_DARK}; min-height: {line() + 4}px; text-align: right; }}
    QPushButton[kind="link"][flush="true"] {{ padding: 0 {XS}px 0 0; text-align: left; }}
    QPushButton[kind="link"][tone="late"] {{ color: {TONES["late"][0]}; }}
    QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
    QPushButton[kind="link"]:focus, QPushButton[kind="quiet"]:focus
        {{ border: 1px solid {ACCENT}; }}
    QRadioButton, QCheckBox {{ spacing: {S - 2}px; min-height: {tall - 4}px; }}
    QRadioButton::indicator, QCheckBox::indicator {{ width: {em() - 1}px; height: {em() - 1}px; }}
    """


def _blanks() -> str:
    tall = row()
    return f"""
    QLineEdit, QComboBox, QPlainTextEdit {{ border: 1px solid {EDGE}; border-radius: {RADIUS}px;
        background: {PAPER}; padding: 0 {S}px; selection-background-color: {ACCENT};
        selection-color: {PAPER}; }}
    QLineEdit, QComboBox {{ min-height: {tall - 2}px; }}
    QPlainTextEdit {{ padding: 2px {XS}px; }}
    QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QListWidget:focus
        {{ border: 2px solid {ACCENT}; padding-left: {S - 1}px; }}
    QPlainTextEdit:focus, QListWidget:focus {{ padding-left: {XS - 1}px; }}
    QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled
        {{ background: {GROUND}; color: {FAINT}; }}
    *[wrong="true"] {{ border: 2px solid {LATE}; background: {LATE_BG}; }}
    *[wrong="true"]:focus {{ border: 2px solid {LATE}; }}
    QAbstractSpinBox {{ min-height: {tall - 2}px; }}
    QComboBox > QLineEdit {{ border: 0; padding: 0; background: transparent; min-height: 0; }}
    QComboBox::drop-down {{ border: 0; width: {em() + M}px; }}
    QComboBox::down-arrow {{ image: url("{icons.address("down")}"); width: {em() - 2}px; }}
    """


def _letters() -> str:
    """Return our letters for what Windows has letters of its own for, small ones in every size."""
    named = ", ".join(f'"{family}"' for family in fonts.families())
    return f"font-family: {named}; font-size: {points()}pt;"


def _lists() -> str:
    return f"""
    QTableView, QListView, QTreeView {{ border: 1px solid {LINE}; border-radius: {RADIUS}px;
        background: {PAPER}; alternate-background-color: {ZEBRA}; gridline-color: {LINE};
        outline: 0; }}
    QTableWidget::item {{ padding: 0 {S - 3}px; }}
    QTableWidget::item:selected {{ background: {PICK}; color: {INK}; }}
    QListView::item {{ min-height: {line() + XS}px; padding: 0 {XS}px; }}
    QListView::item:selected {{ background: {PICK}; color: {INK}; }}
    QTableWidget::item {{ padding: 0 {XS}px; }}
    QTreeView::item {{ min-height: {row() - 2}px; }}
    QTreeView::item:selected {{ background: {PICK}; color: {INK}; }}
    QTreeView::branch {{ background: transparent; }}
    QTreeView::branch:has-children:closed {{ image: url("{icons.address("right")}"); }}
    QTreeView::branch:has-children:open {{ image: url("{icons.address("down")}"); }}
    QTreeView::indicator, QTableView::indicator, QListView::indicator
        {{ width: {em() - 1}px; height: {em() - 1}px; }}
    QHeaderView {{ background: {PAPER}; border: 0; }}
    QHeaderView::section {{ background: {GROUND}; color: {SOFT}; border: 0; padding: 0 {S}px;
        border-bottom: 1px solid {LINE}; font-size: {points("note")}pt; min-height: {row()}px; }}
    QHeaderView::up-arrow {{ image: url("{icons.address("up")}"); width: {em() - 4}px; }}
    QHeaderView::down-arrow {{ image: url("{icons.address("down")}"); width: {em() - 4}px; }}
    QTableCornerButton::section {{ background: {GROUND}; border: 0;
        border-bottom: 1px solid {LINE}; }}
    """


def _rest() -> str:
    pad = max(4, round(em() * 0.32))
    return f"""
    QTabBar {{ background: transparent; }}
    QTabBar::tab {{ padding: {pad + 4}px {max(10, round(em() * 0.8))}px {pad + 1}px;
        border: 0; border-bottom: 3px solid transparent; color: {SOFT};
        background: transparent; }}
    QTabBar::tab:hover {{ color: {INK}; background: {HOVER}; }}
    QTabBar::tab:selected {{ color: {ACCENT_DARK}; border-bottom-color: {ACCENT}; }}
    QTabBar::tab:focus {{ border-bottom-color: {INK}; }}
    #parts QTabBar::tab {{ padding-left: {round(em() * 0.5)}px;
        padding-right: {round(em() * 0.5)}px; }}
    #subpages::tab {{ padding: 2px {M}px; margin-right: {XS}px; border: 1px solid transparent;
        border-radius: {RADIUS}px; color: {SOFT}; }}
    #subpages::tab:selected {{ color: {ACCENT_DARK}; background: {PICK}; }}
    #subpages::tab:focus {{ border-color: {ACCENT}; }}
    QTabWidget::pane {{ border: 0; }}
    QProgressBar {{ border: 0; border-radius: 3px; background: {PLAIN_BG}; max-height: 6px; }}
    QProgressBar::chunk {{ background: {ACCENT}; border-radius: 3px; }}
    QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
    QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
    QScrollBar::handle {{ background: {EDGE}; border-radius: 4px; margin: 1px;
        min-height: 32px; min-width: 32px; }}
    QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
    QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
    QMenu {{ background: {PAPER}; border: 1px solid {EDGE}; padding: {XS}px 0;
        menu-scrollable: 1; }}
    QMenu::item {{ padding: {XS + 1}px {XL}px; }}
    QMenu::item:selected {{ background: {PICK}; }}
    QMenu::item:disabled {{ color: {FAINT}; }}
    QMenu::separator {{ height: 1px; background: {LINE}; margin: {XS}px 0; }}
    QToolTip {{ background: {INK}; color: {PAPER}; border: 0; padding: {XS}px {S}px; }}
    QMessageBox {{ background: {PAPER}; }}
    QMessageBox, QMessageBox QLabel, QMenu, QToolTip {{ {_letters()} }}
    """
