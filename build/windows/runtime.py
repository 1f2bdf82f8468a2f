"""First of all in the built program: its own C++ runtime, before an older one can be found.

A library that is loaded already is taken by its name, wherever another one of that name lies.
"""

import ctypes
import sys
from contextlib import suppress
from pathlib import Path

for _name in ("vcruntime140*.dll", "msvcp140*.dll"):
    for _file in sorted(Path(sys._MEIPASS).glob(_name)):
        with suppress(OSError):  # what cannot be loaded is said when the program starts
            ctypes.CDLL(str(_file))
