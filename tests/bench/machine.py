"""What the machine says of this process: CPU seconds and memory."""

import resource
import sys
from pathlib import Path


def cpu_seconds():
    """User and system seconds of this process and of its ended children."""
    own, children = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def peak_mb():
    """The most memory this process ever held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def held_mb():
    """The memory this process holds now; Linux alone tells it, elsewhere it is the most it held."""
    pages = Path("/proc/self/statm")
    if not pages.exists():
        return peak_mb()
    return int(pages.read_text().split()[1]) * resource.getpagesize() / 1e6
