"""Limits a process sets on itself: memory and time, on Linux and on Windows."""

from __future__ import annotations

import os
import sys
import threading
from math import ceil

_GRACE_S = 5


def confine(*, seconds: float, memory_mb: int) -> None:
    """Let this process have only so much memory and so much time from now on.

    The parent ends it in time; this is for a child whose parent has died.
    """
    watch = threading.Timer(seconds + _GRACE_S, os._exit, [1])
    watch.daemon = True
    watch.start()
    _bind(seconds, memory_mb)


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _EXTENDED_LIMITS = 9
    _PROCESS_MEMORY = 0x100

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", ctypes.c_int64),
            ("PerJobUserTimeLimit", ctypes.c_int64),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _Basic),
            ("IoInfo", ctypes.c_uint64 * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    def _bind(seconds: float, memory_mb: int) -> None:
        """Put this process into a job of its own; the handle stays open as long as it lives.

        Where a policy forbids jobs the limit on time still holds.
        """
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        kernel.SetInformationJobObject.argtypes = (
            wintypes.HANDLE,
            ctypes.c_int,
            ctypes.c_void_p,
            wintypes.DWORD,
        )
        facts = _Extended()
        facts.BasicLimitInformation.LimitFlags = _PROCESS_MEMORY
        facts.ProcessMemoryLimit = memory_mb << 20
        job = kernel.CreateJobObjectW(None, None)
        size = ctypes.sizeof(facts)
        if job and kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(facts), size):
            kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())

else:
    import resource

    def _bind(seconds: float, memory_mb: int) -> None:
        for kind, most in (
            (resource.RLIMIT_AS, memory_mb << 20),
            (resource.RLIMIT_CPU, ceil(seconds) + _GRACE_S),
            (resource.RLIMIT_CORE, 0),
        ):
            hard = resource.getrlimit(kind)[1]
            most = most if hard == resource.RLIM_INFINITY else min(most, hard)
            resource.setrlimit(kind, (most, most))
