"""Killed again and again while it writes: what was saved stays saved."""

import os
import random
import signal
import time
from contextlib import closing

from app.core.store import Store
from app.core.store.backup import copies_in
from app.core.store.database import connect
from tests.conftest import KEY, NOW
from tests.core.store.forks import on_unix
from tests.core.store.toy import LOOSE_RAIL, Toys

ROUNDS = 20
SEED = 20260401


def write_until_killed(path, backups, told):
    store = Store(path, KEY, now=lambda: NOW, backups=backups)
    toys = Toys(store)
    while True:
        with store.change("登记"):
            hazard = toys.report(**LOOSE_RAIL)
            toys.take_step(hazard.uid, "设警戒线", NOW.date())
        os.write(told, hazard.uid.encode())
        if random.random() < 0.05:
            store.back_up()


@on_unix
def test_nothing_saved_is_lost_and_nothing_half_done_stays(tmp_path):
    path, backups = tmp_path / "xiaoan.db", tmp_path / "backups"
    chance = random.Random(SEED)
    saved = set()
    for _ in range(ROUNDS):
        saved |= one_round(path, backups, chance)
    assert len(saved) > ROUNDS
    with closing(Store(path, KEY, now=lambda: NOW)) as store:
        found = Toys(store).all()
        assert saved <= {hazard.uid for hazard in found}
        assert all(len(Toys(store).steps(hazard.uid)) == 1 for hazard in found)
        assert all(len(store.history(hazard.uid)) == 1 for hazard in found)
        numbers = [int(hazard.number[-4:]) for hazard in found]
        assert numbers == list(range(1, len(found) + 1))
    with closing(connect(path, KEY)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert opened.execute("PRAGMA cipher_integrity_check").fetchall() == []
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
    for copy in copies_in(backups):
        Store(copy.path, KEY).close()


def one_round(path, backups, chance):
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            write_until_killed(path, backups, writer)
        finally:
            os._exit(1)
    os.close(writer)
    told = os.read(reader, 36)
    time.sleep(chance.uniform(0, 0.15))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reader, "rb") as pipe:
        told += pipe.read()
    return {told[n : n + 36].decode() for n in range(0, len(told) - 35, 36)}
