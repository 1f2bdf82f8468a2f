"""From the double click to the window: what stands in the way is said in a box of the system's."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.core import bugs, native, starting
from app.core.errors import UserError
from app.core.paths import Paths, find_paths

if TYPE_CHECKING:
    from app.core.store.lock import DataLock

REFUSED = 1


def begin(folder: str | None) -> int:
    """Open the window, on this data folder if one is named; return the exit code."""
    native.say_nothing_of_empty_drives()
    paths = find_paths()
    if folder:
        paths = paths.at(Path(folder))
    try:
        starting.refuse_this_pc()
        entering = _part("app.core.entering")
        entering.refuse_this_folder(paths)
        mine = None if folder else _hold_my_place(paths, entering.hold)
        if (warning := entering.tight_disk(paths)) is not None:
            _say(warning)
        entrance = _part("app.entrance")
    except UserError as error:
        if isinstance(error.__cause__, ImportError):
            _note(paths, error.__cause__)
        _say(error)
        return REFUSED
    code, successor = entrance.open_window(paths)
    if mine is not None:
        mine.release()
    return _hand_over(successor) if successor is not None else int(code)


def _hand_over(folder: Path) -> int:
    """Start the program that was brought to the fixed disk; return the exit code."""
    from app.core import moving

    try:
        moving.start(folder, Path(sys.executable).name)
    except UserError as error:
        _say(error)
        return REFUSED
    return 0


def _part(name: str) -> Any:
    """Load a part of the program.

    Raises:
        UserError: it, or a library it needs, is not there.

    """
    try:
        return import_module(name)
    except (ImportError, OSError) as error:
        raise starting.lost_parts(error) from error


def _hold_my_place(paths: Paths, hold: Callable[[Path], DataLock]) -> DataLock | None:
    """Hold what only one window of this user may hold, from before anything is unlocked.

    Where this user's own folder cannot be written to, the lock in the data folder has to do.
    """
    place = paths.memory.with_name("窗口.lock")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
    except OSError:
        return None
    return hold(place)


def _say(error: UserError) -> None:
    """Say it in a box of the system's; where it has none, in one of Qt's if that loads."""
    if native.tell(native.words_of(error)) or not native.has_screen():
        return
    with suppress(ImportError, OSError):  # it stands on the terminal already
        from app.ui.alone import show_alone

        show_alone(error)


def _note(paths: Paths, error: BaseException) -> None:
    with suppress(OSError):  # whoever reads the box needs no log
        if paths.data.is_dir():
            bugs.write(paths.bug_log, bugs.describe(error), datetime.now())
