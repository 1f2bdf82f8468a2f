"""The files rules come from: those shipped, and the school's own, which win by their ids."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.agenda.rulefiles import RuleBase, load_rules, read_rule_file
from app.core.errors import UserError
from app.core.files import put
from app.core.roles import Right
from app.core.store import Store

_UNCHANGED = "规则没有改动。"


class RuleFolder:
    """The two folders of rule files; ``changed`` is told when the school's own are others."""

    def __init__(
        self, store: Store, *, shipped: Path, own: Path, changed: Callable[[], object]
    ) -> None:
        self._store, self._changed = store, changed
        self._shipped, self._own = shipped, own

    def load(self) -> RuleBase:
        """Read every file; one that is broken is named among the faults."""
        return load_rules(self._shipped, self._own)

    def names(self) -> list[str]:
        """Return the names of the school's own rule files."""
        return sorted(path.name for path in self._own.glob("*.toml"))

    def read(self, path: Path) -> tuple[RuleBase, bool]:
        """Read a rule file somebody hands in, and say whether it is a whole base; keep nothing.

        Raises:
            UserError: it holds no rule that can be used.

        """
        self._store.sitter.demand(Right.CALENDAR)
        base, is_whole = read_rule_file(path)
        if not base.rules:
            if base.faults:
                raise base.faults[0]
            raise UserError(
                f"“{path.name}”里没有规则。", safe=_UNCHANGED, do="请选一个规则文件（*.toml）。"
            )
        return base, is_whole

    def take(self, path: Path) -> None:
        """Put a rule file into the school's own folder and use it from now on.

        Raises:
            UserError: it holds no rule that can be used, or cannot be written.

        """
        self.read(path)
        put(self._own / path.name, path.read_bytes())
        self._changed()
        self._store.note(f"换规则库：{path.name}")

    def drop(self, name: str) -> None:
        """Put one of the school's own rule files aside, under another name.

        Raises:
            UserError: the role may not, or the file cannot be moved.

        """
        self._store.sitter.demand(Right.CALENDAR)
        path = self._own / name
        try:
            path.replace(path.with_suffix(".停用"))
        except OSError as error:
            raise UserError(
                f"“{name}”停不了：文件正被别的程序打开。", safe=_UNCHANGED, do="请关掉它再试。"
            ) from error
        self._changed()
        self._store.note(f"停用规则文件：{name}")
