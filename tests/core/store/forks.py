"""Work done in a child process that may be killed at any line, or has no right to write."""

import os
import pickle
import signal
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

try:
    import resource
except ImportError:  # Windows
    resource = None

on_unix = pytest.mark.skipif(os.name == "nt", reason="fork and file limits are Unix's")
NOBODY = 65534
APP = str(Path(__file__).parents[3] / "app" / "core")


def killed_at(line, work):
    """Do the work in a child that is killed at the ``line``-th line of core it comes to.

    Returns whether it was killed, False if the work was done before.
    """
    child = os.fork()
    if child == 0:
        _die_at(line)
        try:
            work()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _die_at(line):
    left = line

    def step(frame, event, _argument):
        nonlocal left
        if not frame.f_code.co_filename.startswith(APP):
            return None
        if event == "line":
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return step

    sys.settrace(step)


def in_child(work):
    """Return what the work returned or raised in a child process."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            result = work()
        except BaseException as error:
            result = error
        os.write(writer, pickle.dumps(result))
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        result = pickle.loads(pipe.read())
    os.waitpid(child, 0)
    return result


def as_nobody(work):
    """Return what the work returned or raised in a child that no folder's rights pass over."""

    def meekly():
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        return work()

    return in_child(meekly)


@contextmanager
def no_file_longer_than(size):
    """Have the system refuse, as a full disk does, to let any file grow beyond this."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
