"""Read a school's data file with nothing but docs/data-file.md and the standard library.

Usage: python tests/stranger.py 报送.zip. Only the signature needs a library and is not checked.
"""

import csv
import io
import json
import sys
import zipfile
from collections import Counter
from datetime import date, datetime
from hashlib import sha256

READ = {"string": str, "integer": int, "number": float, "boolean": lambda text: text == "true"}
READ |= {"date": date.fromisoformat, "datetime": datetime.fromisoformat}


def read(path):
    with zipfile.ZipFile(path) as package:
        files = {name: package.read(name) for name in package.namelist()}
    manifest = json.loads(files["datapackage.json"])
    for member in manifest["resources"] + manifest["members"]:
        data = files[member["path"]]
        assert len(data) == member["bytes"], member["path"]
        assert "sha256:" + sha256(data).hexdigest() == member["hash"], member["path"]
    tables = {}
    for resource in manifest["resources"]:
        kinds = {field["name"]: READ[field["type"]] for field in resource["schema"]["fields"]}
        lines = csv.DictReader(io.StringIO(files[resource["path"]].decode("utf-8-sig"), newline=""))
        rows = [{k: kinds[k](v) if v else None for k, v in line.items()} for line in lines]
        assert len(rows) == resource["rows"], resource["name"]
        tables[resource["name"]] = [row for row in rows if not row.get("void")]
    return manifest, tables


def totals(path):
    manifest, tables = read(path)
    return {
        "school": manifest["school"]["name"],
        "days": [manifest["period"]["first"], manifest["period"]["last"]],
        "students": tables["school"][0]["students"],
        "hazards": dict(Counter(row["grade"] for row in tables["hazards"])),
        "open": sum(row["status"] != "已销账" for row in tables["hazards"]),
        "drilled": sum(row["pupils_there"] or 0 for row in tables["drills"]),
        "letters": [sum(row[key] for row in tables["letters"]) for key in ("issued", "returned")],
    }


if __name__ == "__main__":
    print(json.dumps(totals(sys.argv[1]), ensure_ascii=False))
