"""Keys that open at once: the same database key, sealed at a cost that takes no time."""

from dataclasses import replace
from functools import partial

from app.core.roles import Role
from app.core.store.keys import load, open_with_password, save
from app.core.store.recovery import read_code
from app.core.store.slots import RECOVERY, Cost, make_slot
from app.core.store.tries import Clock

QUICK = Cost(8 * 1024, 1)


def make_quick(path, name, password, code):
    """Seal the key of a key file anew; who was made with the file stays its only user."""
    real = load(path)
    _, key = open_with_password(real, name, password, Clock.read())
    quick = partial(make_slot, key=key, file_id=real.file_id, cost=QUICK)
    officer = quick(password, name=name, role=Role.OFFICER.value)
    sheet = quick(read_code(code), name="纸质恢复码", kind=RECOVERY)
    save(replace(real, slots=(officer, sheet)), path)
