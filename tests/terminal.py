"""A school's data folder and somebody who gives commands in it, within this process."""

import contextlib
import io
import json
import os
import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from unittest import mock

from app.cli import main
from app.core.paths import Paths, find_paths
from app.core.store import keys
from app.core.store.backup import copies_in
from app.core.store.database import look
from app.core.store.slots import make_slot
from app.core.store.tries import Clock
from tests.quick_keys import QUICK, make_quick

ROOT = Path(__file__).parents[1]
ME, PASSWORD = "张老师", "红旗2026安全"
# What may differ after a mere look: who opened when, and what a screen remembers.
_PASSING = {"action", "preference"}


class Terminal:
    """Somebody who gives commands; ``says`` wants 0, ``is_refused`` wants the three sentences."""

    def __init__(self, folder, user=ME, password=PASSWORD):
        self.folder = Path(folder)
        self.paths = Paths(find_paths().program, self.folder)
        self.user, self.password = user, password
        self.aside = ""

    def as_(self, user, password=PASSWORD):
        """Another one at the same data."""
        return Terminal(self.folder, user, password)

    def gives(self, *words):
        """Give a command; return how it ended and what it printed."""
        out, err = io.StringIO(), io.StringIO()
        who = {"XIAOAN_USER": self.user, "XIAOAN_PASSWORD": self.password}
        with (
            mock.patch.dict(os.environ, who),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            code = main(["--store", str(self.folder), "--json", *map(str, words)])
        self.aside = err.getvalue()
        return code, json.loads(out.getvalue())

    def says(self, *words):
        """Give a command that is to be done; return its answer."""
        value = self.says_beside(*words)
        assert self.aside == ""
        return value

    def says_beside(self, *words):
        """Give a command that is to be done; what it says beside its answer is in ``aside``."""
        code, value = self.gives(*words)
        assert code == 0, value
        return value

    def is_refused(self, *words):
        """Give a command that is to be refused; return what, safe and do."""
        code, value = self.gives(*words)
        assert (code, self.aside) == (1, ""), value
        return value["error"]

    def key(self):
        """The key of the database."""
        return keys.open_with_password(
            keys.load(self.paths.keys), self.user, self.password, Clock.read()
        )[1]

    def content(self, key=None):
        """Every row of every table that a mere look does not touch."""
        with closing(look(self.paths.database, key or self.key())) as opened:
            names = opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            return {
                name: sorted(opened.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
                for (name,) in names
                if name not in _PASSING
            }

    def lets_in(self, name, role, class_uid=None):
        """Let one more person in, at a cost that takes no time."""
        found, key = keys.open_with_password(
            keys.load(self.paths.keys), self.user, self.password, Clock.read()
        )
        made = make_slot(
            PASSWORD,
            key=key,
            file_id=found.file_id,
            cost=QUICK,
            name=name,
            role=str(role),
            class_uid=class_uid,
        )
        keys.save(replace(found, slots=(*found.slots, made)), self.paths.keys)
        return self.as_(name)


def found_school(folder):
    """A new school in a folder, whose keys open at once."""
    desk = Terminal(folder)
    facts = ("--school", "青石镇中心小学", "--code", "QS0001", "--kind", "小学", "--user", ME)
    code = desk.says("init", *facts)["recovery_code"]
    make_quick(desk.paths.keys, ME, PASSWORD, code)
    for copy in copies_in(desk.paths.backups):
        shutil.copyfile(desk.paths.keys, keys.keys_path(copy.path))
    return desk
