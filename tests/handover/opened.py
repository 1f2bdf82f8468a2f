"""What a data file shows to whoever opens everything in it."""

import io
import zipfile


def files_in(data):
    """Every file of a zip by name, also of the zips within it (a workbook is one)."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            inner = package.read(name)
            found[name] = inner
            if inner.startswith(b"PK\x03\x04"):
                found |= {f"{name}/{part}": more for part, more in files_in(inner).items()}
    return found


def text_of(path):
    """All text of a data file, its workbook included."""
    return "\n".join(
        data.decode()
        for name, data in files_in(path.read_bytes()).items()
        if not name.endswith((".xlsx", ".jpg", ".png", ".pdf"))
    )
