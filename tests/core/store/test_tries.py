import pytest

from app.core.store.tries import Clock, Tries

NOON = Clock(wall_s=1_700_000_000, uptime_s=5_000)


def later(seconds, *, of=NOON):
    return Clock(of.wall_s + seconds, of.uptime_s + seconds)


def failed(times):
    tries = Tries()
    for _ in range(times):
        tries = tries.failed(NOON)
    return tries


@pytest.mark.parametrize(
    ("fails", "wait_s"),
    [(0, 0), (1, 0), (2, 0), (3, 2), (4, 4), (5, 8), (6, 16), (9, 128), (10, 256), (11, 300)],
)
def test_three_tries_are_free_and_then_the_waits_double(fails, wait_s):
    assert failed(fails).wait_s == wait_s


def test_a_million_tries_wait_no_longer_than_five_minutes():
    assert Tries(fails=1_000_000).wait_s == 300


def test_the_wait_runs_down():
    assert failed(5).left_s(NOON) == 8
    assert failed(5).left_s(later(3)) == 5
    assert failed(5).left_s(later(9)) == 0


def test_setting_the_clock_forward_frees_nobody():
    assert failed(8).left_s(Clock(NOON.wall_s + 86_400, NOON.uptime_s + 1)) == 63


def test_setting_the_clock_back_neither_frees_nor_prolongs():
    assert failed(8).left_s(Clock(NOON.wall_s - 86_400, NOON.uptime_s + 1)) == 63


def test_a_restart_does_not_free():
    after_restart = Clock(NOON.wall_s + 40, uptime_s=20)
    assert failed(8).settled(after_restart).left_s(after_restart) == 24


def test_a_restart_with_the_clock_set_back_begins_the_wait_anew_and_once_only():
    after_restart = Clock(NOON.wall_s - 10 * 365 * 86_400, uptime_s=20)
    settled = failed(8).settled(after_restart)
    assert settled.left_s(after_restart) == 64
    assert settled.settled(later(60, of=after_restart)).left_s(later(60, of=after_restart)) == 4
    assert settled.left_s(later(65, of=after_restart)) == 0
