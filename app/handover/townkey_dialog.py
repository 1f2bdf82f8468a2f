"""Taking in the town's key file: nobody keeps a key whose fingerprint was not compared aloud."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.handover.townkey import SUFFIX, TownKey, TownKeys, read_town_key
from app.ui.asking import ask
from app.ui.errors import show_error
from app.ui.files import choose_file

KEY_FILES = f"镇级公钥 (*{SUFFIX})"


def ask_for_town_key(
    parent: QWidget, keys: TownKeys, *, today: date, done: Callable[[], None]
) -> None:
    """Have the key file chosen, its fingerprint compared, and the key kept in place of another."""
    choose_file(
        parent,
        "收镇级公钥",
        KEY_FILES,
        partial(_compare, parent, keys, today=today, done=done),
    )


def _compare(
    parent: QWidget, keys: TownKeys, path: Path, *, today: date, done: Callable[[], None]
) -> None:
    try:
        key = read_town_key(path.read_bytes())
    except UserError as error:
        show_error(parent, error)
        return
    except OSError:
        show_error(parent, UserError(f"文件“{path.name}”读不出来。", do="请看看U盘有没有插好。"))
        return
    had = keys.town()
    detail = f"{key.fingerprint}\n\n一个字符不同，就不要收。"
    if had is not None and had != key:
        detail += f"\n原来收的是“{had.name}”的：{had.fingerprint}"

    def keep() -> None:
        keys.take(path, on=today, fingerprint=key.fingerprint)
        done()

    ask(
        parent,
        f"打电话问“{key.name}”：公钥是这十六个字符吗？",
        yes="核对过了，收下",
        detail=detail,
        then=keep,
    )


def choose_key(parent: QWidget, use: Callable[[TownKey], object]) -> None:
    """Have another office's key file chosen and compared aloud, and use it this once."""

    def compare(path: Path) -> None:
        try:
            key = read_town_key(path.read_bytes())
        except UserError as error:
            show_error(parent, error)
            return
        except OSError:
            said = UserError(f"文件“{path.name}”读不出来。", do="请看看U盘有没有插好。")
            show_error(parent, said)
            return
        ask(
            parent,
            f"打电话问“{key.name}”：公钥是这十六个字符吗？",
            yes="核对过了",
            detail=f"{key.fingerprint}\n\n一个字符不同，就不要用。只用这一次，不换学校收着的公钥。",
            then=lambda: use(key),
        )

    choose_file(parent, "密封给谁的公钥", KEY_FILES, compare)
