"""The system's own message box, for what must be said before a window of ours can open."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from app.core.errors import UserError

TITLE = "校安台"
_MB_ICONWARNING, _MB_SETFOREGROUND = 0x30, 0x10000
_SEM_FAILCRITICALERRORS = 1
# In the order of the desktops found at schools: 麒麟 and 统信 bring one of the first two.
_BOXES = {
    "zenity": ("--warning", "--no-markup", "--no-wrap", f"--title={TITLE}", "--text"),
    "kdialog": ("--title", TITLE, "--sorry"),
    "xmessage": ("-center", "-title", TITLE),
}


def words_of(error: UserError) -> str:
    """Return the sentences of an error, one a line."""
    return "\n".join(part for part in (error.what, error.safe, error.do) if part)


def tell(text: str) -> bool:
    """Show a text until it is read, and print it; say whether there was a box to show it in."""
    if sys.stderr is not None:  # a window program on Windows has none
        print(text, file=sys.stderr, flush=True)  # noqa: T201 - whoever started it from a terminal
    return _show(text)


def has_screen() -> bool:
    """Say whether a window could be seen here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def own_environment() -> dict[str, str]:
    """Return the variables for a program that is not part of ours.

    The built program points the loader at its own libraries; another program would break of them.
    """
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("_PYI", "_MEIPASS"))}
    if (before := kept.pop("LD_LIBRARY_PATH_ORIG", None)) is not None:
        return kept | {"LD_LIBRARY_PATH": before}
    if getattr(sys, "frozen", False):
        kept.pop("LD_LIBRARY_PATH", None)
    return kept | {"PYINSTALLER_RESET_ENVIRONMENT": "1"}


if sys.platform == "win32":
    import ctypes

    def _show(text: str) -> bool:
        kind = _MB_ICONWARNING | _MB_SETFOREGROUND
        return bool(ctypes.windll.user32.MessageBoxW(None, text, TITLE, kind))

    def say_nothing_of_empty_drives() -> None:
        """Keep Windows from asking for a disk where a card reader without a card is looked at."""
        ctypes.windll.kernel32.SetErrorMode(_SEM_FAILCRITICALERRORS)

    def hold_up_shutdown(window: int, why: str) -> None:
        """Have Windows say why it is not shut down, for as long as this window holds it up."""
        ctypes.windll.user32.ShutdownBlockReasonCreate(ctypes.c_void_p(window), why)

    def let_shut_down(window: int) -> None:
        """Take back what ``hold_up_shutdown`` said."""
        ctypes.windll.user32.ShutdownBlockReasonDestroy(ctypes.c_void_p(window))

else:

    def say_nothing_of_empty_drives() -> None:
        """Do nothing: Linux asks for no disk."""

    def hold_up_shutdown(window: int, why: str) -> None:
        """Do nothing: a Linux desktop says no reasons."""

    def let_shut_down(window: int) -> None:
        """Do nothing, as ``hold_up_shutdown`` did."""

    def _show(text: str) -> bool:
        if not has_screen():
            return False
        for tool, words in _BOXES.items():
            if (found := shutil.which(tool)) is None:
                continue
            done = subprocess.run([found, *words, text], env=own_environment(), capture_output=True)
            if done.returncode == 0:
                return True
        return False
