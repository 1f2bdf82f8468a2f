"""Taking files in: each verified, the refused named with a code, the rest merged."""

import shutil
import zipfile

import pytest
from sqlalchemy import select

from app.core.errors import UserError
from app.core.paths import Paths, find_paths
from app.core.roles import Role, Sitter
from app.core.store import Blobs, Store
from app.handover.town.records import TownFile, TownRow, TownSchool, TownTally
from app.handover.town.standing import Sent
from app.handover.town.taking import ALREADY, REFUSED, TAKEN
from app.sample_town import SampleSchool, furnish_school, sample_schools, write_files
from app.ui.jobs import Cancelled
from tests.conftest import KEY
from tests.handover.town.conftest import NOW, TODAY, open_town


def every(house):
    """Return all the town knows, in an order of its own."""
    found = []
    with house.store.read() as session:
        for kind in (TownSchool, TownFile, TownRow, TownTally):
            columns = [c for c in kind.__table__.c if c.key not in ("id", "uid", "file_id")]
            columns += [kind.__table__.c.uid] if kind is TownRow else []
            found.append(sorted(map(str, session.execute(select(*columns)).all())))
    return found


def codes(outcomes):
    return sorted(one.code for one in outcomes if one.how == REFUSED)


def test_a_folder_of_three_schools_is_taken_and_kept_whole(town, three):
    outcomes = town.town.take([three])
    assert [one.how for one in outcomes] == [TAKEN] * 3
    assert {s.name for s in town.town.roster.all()} == {s.name for s in sample_schools()[:3]}
    (file, *_) = town.town.files(town.town.roster.all()[0].uid)
    kept = Blobs(town.store).get(file.sha256)
    assert kept in [path.read_bytes() for path in three.iterdir()]
    before = every(town)
    assert [one.how for one in town.town.take([three])] == [ALREADY] * 3
    assert every(town) == before


def test_one_byte_changed_is_refused_by_name_and_changes_nothing(town, three, tmp_path):
    town.town.take([three])
    before = every(town)
    (path, *_) = sorted(three.iterdir())
    data = bytearray(path.read_bytes())
    bad = tmp_path / "改过.zip"
    for at in range(100, len(data), len(data) // 40):
        data[at] ^= 1
        bad.write_bytes(bytes(data))
        data[at] ^= 1
        (one,) = town.town.take([bad])
        assert one.how in (REFUSED, TAKEN) and one.name == "改过.zip"
        if one.how == TAKEN:  # a bit of a zip header nobody reads: the same rows, a new file
            assert one.merged.new == one.merged.newer == 0
        else:
            assert one.code and one.message
    assert every(town)[2] == before[2]


def test_five_hundred_files_with_three_bad_ones(town, three, tmp_path):
    """The same three schools' files under many names; the bad ones are named, the rest taken."""
    good = sorted(three.iterdir())
    folder = tmp_path / "五百份"
    folder.mkdir()
    for number in range(497):
        shutil.copy(good[number % 3], folder / f"{number:03}.zip")
    (folder / "900_空的.zip").write_bytes(b"")
    (folder / "901_截断.zip").write_bytes(good[0].read_bytes()[:-300])
    with zipfile.ZipFile(folder / "902_别的.zip", "w") as other:
        other.writestr("照片.txt", "不是数据文件")
    ticks = []
    outcomes = town.town.take([folder], tick=lambda *said: ticks.append(said))
    assert len(outcomes) == 500 and len({done for done, *_ in ticks}) == 501
    assert [one.name for one in outcomes if one.how == REFUSED] == [
        "900_空的.zip", "901_截断.zip", "902_别的.zip",
    ]  # fmt: skip
    assert all(one.code and one.message.endswith("。") for one in outcomes if one.how == REFUSED)
    assert sum(one.how == TAKEN for one in outcomes) == 3
    assert sum(one.how == ALREADY for one in outcomes) == 494


def test_a_file_that_cannot_be_read_is_named(town, tmp_path):
    (one,) = town.town.take([tmp_path / "没有.zip"])
    assert (one.how, one.code) == (REFUSED, "READ")


@pytest.fixture
def school(tmp_path):
    """Make a school's files under any name, code and key."""
    made = []

    def make(name="云栖镇石桥小学", number=2, key=None):
        paths = Paths(find_paths().program, tmp_path / f"s{len(made)}")
        paths.data.mkdir()
        store = Store(paths.database, KEY, now=lambda: NOW)
        house = furnish_school(store, paths, SampleSchool(number, name, "小学"), TODAY)
        if key:
            house.settings.put({"handover.private_key": key})
        made.append(house)
        return house

    yield make
    for house in made:
        house.store.close()


def test_another_schools_file_under_this_name_stops_and_says_so(town, school, tmp_path):
    real, thief, twin = school(), school(), school(number=77)
    paths = [tmp_path / f"{n}.zip" for n in "abcde"]
    real.handover.export(paths[0])
    assert town.town.take([paths[0]])[0].how == TAKEN
    before = every(town)
    thief.handover.export(paths[1])  # the same name and code, another key
    twin.handover.export(paths[2])  # the same name, another code
    copied = school("云栖镇冒名小学", 88, key=real.settings.get("handover.private_key"))
    copied.handover.export(paths[3])  # another school signs with this one's key
    wide = school("云栖镇 石桥 小学", 78)
    wide.handover.export(paths[4])  # the same name with blanks in it
    outcomes = town.town.take(paths[1:])
    codes = ["KEYCHANGED", "NAMETAKEN", "KEYTAKEN", "NAMETAKEN"]
    assert [one.code for one in outcomes] == codes
    assert all("石桥" in one.message for one in outcomes)
    assert every(town) == before


def test_a_changed_key_is_taken_once_somebody_has_compared_it(town, school, tmp_path):
    school().handover.export(tmp_path / "1.zip")
    again = school()
    again.handover.export(tmp_path / "2.zip")
    town.town.take([tmp_path / "1.zip"])
    (known,) = town.town.roster.all()
    town.town.roster.trust(known.uid)
    (one,) = town.town.take([tmp_path / "2.zip"])
    assert one.code == "KEYCHANGED"
    (wrong,) = town.town.take([tmp_path / "2.zip"], accept_key="00" * 32)
    assert wrong.code == "KEYCHANGED"
    (taken,) = town.town.take([tmp_path / "2.zip"], accept_key=one.key)
    assert taken.how == TAKEN
    assert town.town.roster.fingerprint(known.uid) == again.handover.fingerprint()
    assert town.town.roster.of(known.uid).trusted_on is None, "a new key is to be compared anew"


def test_an_older_file_says_so_and_takes_nothing_back(town, school, tmp_path):
    house = school()
    house.handover.export(tmp_path / "1.zip")
    hazard = house.hazards.lines()[0]
    house.store.void(hazard.uid, "登记错了")
    house.handover.export(tmp_path / "2.zip")
    town.town.take([tmp_path / "2.zip"])
    count = len(town.town.hazards({}))
    (late,) = town.town.take([tmp_path / "1.zip"])
    assert (late.how, "已有更新的数据" in late.message) == (TAKEN, True)
    assert late.merged.new == late.merged.newer == 0 < late.merged.older
    assert len(town.town.hazards({})) == count


def test_every_order_of_the_same_files_ends_in_one_state(school, tmp_path):
    house = school()
    for number in range(3):
        house.handover.export(tmp_path / f"{number}.zip")
        house.store.void(house.hazards.lines()[0].uid, "登记错了")
    states = []
    for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0, 1)):
        town = open_town(tmp_path / f"town{len(states)}")
        for number in order:
            town.town.take([tmp_path / f"{number}.zip"])
        states.append([part for n, part in enumerate(every(town)) if n in (0, 2, 3)])
        town.store.close()
    assert states[0] == states[1] == states[2]


def test_stopped_half_way_what_was_not_written_is_as_if_never_offered(town, three):
    def stop(done, total, name):
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        town.town.take([three], tick=stop)
    assert town.town.roster.all() == []
    assert [one.how for one in town.town.take([three])] == [TAKEN] * 3


def test_what_a_power_cut_left_uncounted_is_counted_at_the_next_take(town, three, monkeypatch):
    monkeypatch.setattr(town.town.taker, "settle", lambda: None)
    town.town.take([three])
    assert town.town.years() == []
    monkeypatch.undo()
    town.town.take([three])
    assert town.town.years() == [2026]
    assert town.town.hazards({"words": "教学楼"})


def test_a_file_sealed_to_this_town_is_opened_and_one_for_another_is_not(
    town, school, tmp_path, three
):
    from app.handover.sealing import seal

    plain = sorted(three.iterdir())[0].read_bytes()
    other = open_town(tmp_path / "other")
    (tmp_path / "in").mkdir()
    for name, desk in (("1_给本镇", town), ("2_给别镇", other)):
        (tmp_path / "in" / f"{name}.zip.age").write_bytes(seal(plain, desk.town_keys.own().seal))
    mine, theirs = town.town.take([tmp_path / "in"])
    assert (mine.how, theirs.how, theirs.code) == (TAKEN, REFUSED, "NOTOURS")
    (again,) = town.town.take([sorted(three.iterdir())[0]])
    assert again.how == ALREADY, "sealed or not, it is the same file"
    other.store.close()


def test_a_schools_desk_and_who_may_not_are_refused(town, three, store):
    town.store.sitter = Sitter("王老师", Role.TEACHER)
    with pytest.raises(UserError, match="汇总各校"):
        town.town.take([three])
    town.store.sitter = Sitter("李主任")
    town.settings.put({"desk.kind": "school"})
    with pytest.raises(UserError, match="一所学校的"):
        town.town.take([three])


def test_what_was_taken_cannot_be_undone(town, three):
    town.town.take([three])
    assert town.store.undo() is None


def test_twelve_schools_come_in_and_whoever_needs_a_call_comes_first(town, stick):
    assert {one.how for one in town.town.take([stick])} == {TAKEN}
    lines = town.town.standings()
    assert len(lines) == 12
    assert lines[0].major and not lines[-1].major
    assert [line.major for line in lines] == sorted((x.major for x in lines), reverse=True)
    assert not any(line.is_trusted for line in lines), "nobody has compared a signature yet"
    assert sum(line.open for line in lines) == len(town.town.hazards({"is_open": "是"}))
    assert sum(line.overdue for line in lines) == len(town.town.hazards({"late": "是"}))
    assert sum(n for _, n, _ in town.town.counts("school")) == len(town.town.hazards({}))
    assert sum(n for _, n, _ in town.town.counts("month", 2026)) == len(
        town.town.hazards({"year": "2026"})
    )


def test_write_files_names_them_as_a_school_would(tmp_path):
    (path,) = write_files(tmp_path, TODAY, sample_schools()[4:5])
    assert path.name == "校安台报送_云栖镇大坪教学点_20260422.zip" and path.exists()


def test_no_report_is_owed_for_the_weeks_before_any_school_reported(town, stick):
    town.town.take(sorted(stick.iterdir()))
    mondays, found = town.town.weeks()
    begun = [on for on in mondays if any(weeks[on] is not Sent.BEFORE for weeks in found.values())]
    assert begun == mondays[-3:], "the sample schools report since three weeks"
    assert any(Sent.OWED in weeks.values() for weeks in found.values()), "since then it is owed"
    rows = town.town.views["weeks"]({})
    assert max(row["owed"] for row in rows) <= 3 and all("共3周" in row["span"] for row in rows)
