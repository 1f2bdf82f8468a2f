from datetime import date, datetime

import pytest

from app.core.store import backup
from app.core.store.backup import Copy, DamagedCopy, back_up, copies_in
from app.core.store.database import is_plain
from app.core.store.store import Store
from tests.conftest import KEY
from tests.core.store.toy import LOOSE_RAIL, Toys


def test_a_backup_opens_and_holds_what_was_saved(tmp_path, store, toys):
    toys.report(**LOOSE_RAIL)
    copy = back_up(tmp_path / "xiaoan.db", KEY, tmp_path / "backups", datetime(2026, 4, 1, 9))
    assert copy.name == "校安台-00000001-20260401-090000.db"
    assert not is_plain(copy)
    assert list(copy.parent.iterdir()) == [copy]
    assert copies_in(copy.parent) == [Copy(1, date(2026, 4, 1))]
    reopened = Store(copy, KEY)
    assert Toys(reopened).places() == ["楼梯"]
    reopened.close()


def test_a_copy_that_does_not_read_back_is_removed_and_the_old_one_stays(
    tmp_path, store, toys, monkeypatch
):
    folder = tmp_path / "backups"
    good = back_up(tmp_path / "xiaoan.db", KEY, folder, datetime(2026, 4, 1, 9))
    toys.report(**LOOSE_RAIL)
    check = backup.check

    def check_torn(copy, key):
        with copy.open("r+b") as file:
            file.seek(-100, 2)  # the last page: nothing reads it by itself
            file.write(b"torn")
        return check(copy, key)

    monkeypatch.setattr(backup, "check", check_torn)
    with pytest.raises(DamagedCopy):
        back_up(tmp_path / "xiaoan.db", KEY, folder, datetime(2026, 4, 2, 9))
    assert list(folder.iterdir()) == [good]
