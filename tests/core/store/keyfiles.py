"""Key files as cheap as the floor of their cost allows, made once each."""

from functools import cache

from app.core.store.keyfile import Keys
from app.core.store.keys import _key_check
from app.core.store.slots import FLOOR, make_slot


@cache
def some_keys(key, name):
    file_id = "f" * 32
    slot = make_slot("口令八个字以上", key, file_id=file_id, cost=FLOOR, name=name, role="安全员")
    return Keys(file_id, _key_check(key), "希望小学", (slot,))
