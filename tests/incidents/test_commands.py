"""The written report by command."""

import json

import pytest

from tests.terminal import found_school

SAID = {
    "known_at": "2026-01-05T09:10",
    "happened_at": "2026-01-05 09:00",
    "kind": "体育活动",
    "place": "操场",
    "site": "校内",
    "what": "一名学生从单杠上滑落",
    "hurt": 1,
    "measures": "送卫生院",
    "calls": [{"unit": "镇教育办", "called_at": "2026-01-05 09:50", "is_report": True}],
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return found_school(tmp_path_factory.mktemp("school") / "校安台数据")


@pytest.fixture
def file(tmp_path):
    def written(**said):
        path = tmp_path / "事件.json"
        path.write_text(json.dumps(SAID | said, ensure_ascii=False), "utf-8")
        return path

    return written


def test_a_file_becomes_an_incident_and_its_report(desk, file, tmp_path):
    out = tmp_path / "报告.pdf"
    said = desk.says("incident", "report", file(), "--out", out)
    assert said == {
        "number": "SJ-2026-0001",
        "pages": said["pages"],
        "call_due": "2026-01-05T09:40:00",
        "called_at": "2026-01-05T09:50:00",
        "report_due": "2026-01-05T10:10:00",
        "missing": [],
    }
    assert out.read_bytes().startswith(b"%PDF")
    (line,) = desk.says("list", "incident")
    assert (line["number"], line["kind"], line["hurt"]) == ("SJ-2026-0001", "体育活动", 1)


def test_a_drowning_without_a_receipt_is_reported_all_the_same(desk, file, tmp_path):
    out = tmp_path / "报告.pdf"
    said = desk.says("incident", "report", file(kind="溺水", pupils=["外校学生"]), "--out", out)
    assert "名册里没有找到" in said["missing"][0] and out.exists()


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"known_at": "2026-01-05 08:50"}, "不会已经知道"),
        ({"known_at": "2036-01-05 08:50"}, "还没有到"),
        ({"known_at": None}, "不是时间"),
        ({"known_at": "上午"}, "不是时间"),
        ({"weather": "晴"}, "没有“weather”这一栏"),
        ({"kind": "外星人"}, "“类别”只能填"),
        ({"hurt": "一"}, "“轻伤”要填数字"),
        ({"hurt": -1}, "不能小于0"),
        ({"what": ""}, "“简要经过（不写姓名）”没有填"),
        ({"pupils": "王明"}, "“涉及的学生”"),
        ({"calls": "打了"}, "“calls”要写成一列"),
        ({"calls": [{"unit": "镇", "called_at": "2026-01-05 09:09"}]}, "早于知悉时间"),
        ({"calls": [{"to": "镇"}]}, "有一通电话读不出来"),
        ({"photos": ["x"]}, "不收照片"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(desk, file, tmp_path, wrong, word):
    before = desk.content()
    out = tmp_path / "报告.pdf"
    code, said = desk.gives("incident", "report", file(**wrong), "--out", out)
    assert code == 1 and word in said["error"]["what"]
    assert desk.content() == before and not out.exists()


@pytest.mark.parametrize("text", ["", "[]", "{", "null", "[" * 100_000])
def test_a_file_that_is_no_incident_is_refused(desk, tmp_path, text):
    (tmp_path / "坏.json").write_text(text)
    said = desk.is_refused("incident", "report", tmp_path / "坏.json", "--out", tmp_path / "a.pdf")
    assert "坏.json" in str(said) and not (tmp_path / "a.pdf").exists()
