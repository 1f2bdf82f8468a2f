"""Files honestly signed by who may sign, and yet not what they should be: a stolen key, a bug."""

import csv
import io
import json
import random
from collections import Counter
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.core.errors import UserError
from app.handover.answers.rules import Verdict
from app.handover.parts import ANSWER, FORMAT, MANIFEST, SIGNATURE, seal_of
from app.handover.town.taking import REFUSED, TAKEN
from tests.handover.made import members, rezip
from tests.handover.town.conftest import TODAY
from tests.handover.town.test_both_ends import answer, give_key, hand_in

CELLS = ["", "0", "-1", "true", "2026-13-01", "2026-03-01", "x" * 200, "'; --", "=1+1", "9" * 15]
TURNS = 100


def resigned(files, manifest, key, format):
    """Return the file with this description and these members, hashed and signed anew."""
    listed = json.dumps(manifest, ensure_ascii=False).encode()
    private = Ed25519PrivateKey.from_private_bytes(key)
    mark = private.sign(seal_of(format) + listed).hex().encode()
    return rezip({MANIFEST: listed, SIGNATURE: mark, **files})


def spoiled(data, dice, key, format):
    """Return the file with something else in it, as its owner would have signed it."""
    files = members(data)
    manifest = json.loads(files.pop(MANIFEST))
    files.pop(SIGNATURE)
    for _ in range(dice.randint(1, 3)):
        dice.choice(SPOILS)(manifest, files, dice)
    return resigned(files, manifest, key, format)


def table_of(manifest, files, dice):
    one = dice.choice(manifest["resources"])
    return one, list(csv.reader(io.StringIO(files[one["path"]].decode("utf-8-sig"), newline="")))


def put(one, files, lines):
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    data = text.getvalue().encode("utf-8-sig")
    files[one["path"]] = data
    one |= {
        "bytes": len(data),
        "rows": len(lines) - 1,
        "hash": f"sha256:{sha256(data).hexdigest()}",
    }


def drop_table(manifest, files, dice):
    if len(manifest["resources"]) > 1:
        one = manifest["resources"].pop(dice.randrange(len(manifest["resources"])))
        files.pop(one["path"])


def drop_column(manifest, files, dice):
    one, lines = table_of(manifest, files, dice)
    at = dice.randrange(len(lines[0]))
    if len(lines[0]) > 1:
        one["schema"]["fields"].pop(at)
        put(one, files, [line[:at] + line[at + 1 :] for line in lines])


def add_column(manifest, files, dice):
    one, lines = table_of(manifest, files, dice)
    kind = dice.choice(["string", "integer", "date", "boolean"])
    one["schema"]["fields"].append({"name": "more", "title": "多的", "type": kind})
    put(one, files, [[*line, "" if n else "more"] for n, line in enumerate(lines)])


def rename_column(manifest, files, dice):
    one, lines = table_of(manifest, files, dice)
    at = dice.randrange(len(lines[0]))
    one["schema"]["fields"][at]["name"] = lines[0][at] = dice.choice(["row", "when", "on", "uid"])
    put(one, files, lines)


def change_kind(manifest, files, dice):
    one, _ = table_of(manifest, files, dice)
    said = dice.choice(one["schema"]["fields"])
    said["type"] = dice.choice(["string", "integer", "number", "date", "datetime", "boolean", "x"])


def change_cell(manifest, files, dice):
    one, lines = table_of(manifest, files, dice)
    if len(lines) > 1:
        line = dice.choice(lines[1:])
        line[dice.randrange(len(line))] = dice.choice(CELLS)
        put(one, files, lines)


def blank_column(manifest, files, dice):
    one, lines = table_of(manifest, files, dice)
    at = dice.randrange(len(lines[0]))
    put(one, files, [lines[0], *([*line[:at], "", *line[at + 1 :]] for line in lines[1:])])


def change_list(manifest, files, dice):
    one, _ = table_of(manifest, files, dice)
    one["schema"].pop("primaryKey", None) or one["schema"].update(primaryKey="uid")


def change_head(manifest, files, dice):
    key = dice.choice(["seq", "revision", "period", "created", "to", "school", "members", "more"])
    manifest[key] = dice.choice([None, -1, 0, 7, "x", [], {}, {"code": 1}, [None], True])


SPOILS = [
    *(drop_table, drop_column, add_column, rename_column, change_kind, change_cell, blank_column),
    *(change_list, change_head),
]


def test_what_a_known_school_signs_ends_in_a_code_or_in_a_town_that_works(town, school, tmp_path):
    hand_in(school, town, tmp_path)
    good = (tmp_path / "1.zip").read_bytes()
    key = bytes.fromhex(school.settings.get("handover.private_key"))
    dice, ends = random.Random(5), Counter()
    for turn in range(TURNS):
        path = tmp_path / "坏.zip"
        path.write_bytes(spoiled(good, dice, key, FORMAT))
        (one,) = town.town.take([path])
        assert one.how != REFUSED or (one.code.isupper() and one.message.endswith("。")), (
            turn,
            one,
        )
        ends[one.how] += 1
        if one.how == TAKEN:
            looks_whole(town)
    assert min(ends[TAKEN], ends[REFUSED]) > TURNS // 10, ends


def looks_whole(town):
    """Ask for all a clerk may look at."""
    town.town.standings()
    town.town.weeks()
    for line in town.town.hazards({}):
        town.town.row_of(line)
        assert isinstance(line.title, str)
    town.town.counts("month")
    for name in ("summary", "hazards", "weeks", "supervision"):
        town.town.views[name]({})


def test_what_the_town_signs_ends_in_a_sentence_or_in_a_school_that_works(school, town, tmp_path):
    hand_in(school, town, tmp_path)
    give_key(school, town, tmp_path)
    for line, verdict in zip(town.town.hazards({}), ("督办", "退回", "已收"), strict=False):
        town.verdicts.judge(
            line.school_uid, line.uid, title=line.title, verdict=Verdict(verdict), words="请改",
            due_on=TODAY,
        )  # fmt: skip
    good = answer(town, tmp_path).read_bytes()
    key = bytes.fromhex(town.settings.get("handover.private_key"))
    dice, ends = random.Random(6), {"taken": 0, "refused": 0}
    for turn in range(TURNS):
        path = tmp_path / "回.zip"
        path.write_bytes(spoiled(later(good, turn, key), dice, key, ANSWER))
        try:
            school.answers.take(path)
        except UserError as error:
            ends["refused"] += 1
            assert error.what.endswith("。") and error.safe and "“”" not in error.what, turn
            continue
        ends["taken"] += 1
        for demand in school.answers.demands():
            assert demand.due_on and demand.verdict
            assert isinstance(school.answers.told(demand.row_uid), list)
        school.agenda.items()
    assert min(ends.values()) > TURNS // 25, ends


def later(data, turn, key):
    """Return the answer as the town would write it again, so that it is not too old to be read."""
    files = members(data)
    manifest = json.loads(files.pop(MANIFEST))
    files.pop(SIGNATURE)
    manifest["seq"] += turn + 1
    return resigned(files, manifest, key, ANSWER)


@pytest.mark.parametrize("spoil", [drop_column, rename_column, blank_column])
def test_an_answer_without_one_of_its_columns_changes_nothing(school, town, tmp_path, spoil):
    hand_in(school, town, tmp_path)
    give_key(school, town, tmp_path)
    line = town.town.hazards({})[0]
    town.verdicts.judge(
        line.school_uid, line.uid, title=line.title, verdict=Verdict.RETURNED, words="请改"
    )
    files = members(answer(town, tmp_path).read_bytes())
    manifest = json.loads(files.pop(MANIFEST))
    files.pop(SIGNATURE)
    at = [one["name"] for one in manifest["resources"]].index("lines")
    verdict = [f["name"] for f in manifest["resources"][at]["schema"]["fields"]].index("verdict")

    class Dice(random.Random):
        def choice(self, of):
            return of[at] if of is manifest["resources"] else of[1]

        def randrange(self, *_):
            return verdict

    spoil(manifest, files, Dice())
    key = bytes.fromhex(town.settings.get("handover.private_key"))
    (tmp_path / "坏.zip").write_bytes(resigned(files, manifest, key, ANSWER))
    with pytest.raises(UserError, match=r"不能用"):
        school.answers.take(tmp_path / "坏.zip")
    assert school.answers.newest() is None and school.answers.lines() == []
