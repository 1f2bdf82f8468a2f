"""What a list says in a spreadsheet, column by column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class SheetColumn(NamedTuple):
    """One column: its title, its width in characters, and what it says of a record.

    ``says`` is the name of the record's own value, or works it out.
    """

    title: str
    width: int
    says: str | Callable[[Any], Any]

    def value(self, record: Any) -> Any:
        """Return what stands in this column."""
        found = getattr(record, self.says) if isinstance(self.says, str) else self.says(record)
        if isinstance(found, bool):
            return "是" if found else "否"
        return found
