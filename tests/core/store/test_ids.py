import time
from uuid import RFC_4122, UUID

from app.core.store.ids import uuid7


def test_it_is_a_version_7_uuid_that_sorts_by_time():
    before = time.time_ns() // 1_000_000
    uid = UUID(uuid7())
    assert (uid.version, uid.variant) == (7, RFC_4122)
    assert before <= uid.int >> 80 <= time.time_ns() // 1_000_000


def test_no_two_are_alike():
    assert len({uuid7() for _ in range(10_000)}) == 10_000
