"""A safety officer's real week, from the blank sheet to papers that agree with the ledger."""

import re
from collections import Counter
from datetime import date, datetime

import openpyxl
import pypdfium2
import pytest
from PySide6.QtCore import Qt

from app.core.desk import create, unlock
from app.core.paper import Printed
from app.core.paths import Paths, find_paths
from app.house import House
from app.sample import FACTS
from app.shell import Shell
from tests.core.paper.reading import codes
from tests.hazards.pictures import scene
from tests.quick_keys import make_quick

WHO, PASSWORD, HEAD = "张老师", "红旗2026安全", "刘玉兰"
STAFF = (WHO, HEAD, "王建国", "李敏", "赵志强")
CAMPAIGN = "学校安全治理百日行动"
MON, TUE = date(2026, 3, 30), date(2026, 3, 31)
WED, THU, FRI, SAT, SUN = (date(2026, 4, day) for day in range(1, 6))
ENTER = Qt.Key.Key_Return
BUILDING, FIRE = "校舍检查（14条）", "消防每月检查（16条）"
# What the officer found, by the point of the sheet: what, where, how grave, who is to mend it.
FOUND = {
    2: ("音乐室漏水", "教学楼三楼", "一般", "王建国"),
    4: ("空调外机支架锈蚀", "教学楼北侧", "一般", "王建国"),
    6: ("扶手松动", "二楼东楼梯", "一般", "王建国"),
    8: ("墙体开裂并外倾", "围墙西北角", "重大", "李敏"),
    13: ("井盖缺一块", "操场东侧", "一般", "王建国"),
    15: ("灭火器压力不足", "教学楼一楼", "一般", "李敏"),
    16: ("水带接口缺失", "学生宿舍一楼", "一般", "李敏"),
    17: ("应急灯不亮", "二楼走廊", "一般", "李敏"),
    19: ("电动车在楼道充电", "宿舍门厅", "一般", "李敏"),
    22: ("燃气软管老化", "食堂操作间", "较大", "赵志强"),
    24: ("消防车道停了车", "校门口", "一般", "赵志强"),
    25: ("库房堆放酒精", "实验室库房", "一般", "赵志强"),
}
WORDS = [what for what, *_ in FOUND.values()]
PICTURE = 3  # as PDFium numbers the objects of a page
PHOTO = "照片"  # in place of a blank's label
MENDED = {4, 13, 15, 16}  # the points found put right on the second walk


class Office:
    """The desk of the officer: opened anew each morning, with a folder for what is printed."""

    def __init__(self, user, folder):
        self.user, self.folder = user, folder
        self.paths = Paths(find_paths().program, folder / "校安台数据", folder / "本机.json")
        desk, code = create(self.paths, FACTS, WHO, PASSWORD)
        for name in STAFF:
            House(desk.store, self.paths).staff.enter(name=name)
        desk.close()
        make_quick(self.paths.keys, WHO, PASSWORD, code)
        self.shell = None

    def opens(self, day):
        self.closes()
        desk = unlock(self.paths, WHO, PASSWORD)
        house = House(
            desk.store, self.paths, lambda: day, lambda: datetime(*day.timetuple()[:3], 9)
        )
        self.shell = self.user.opens(Shell(desk, house))
        self.user.clicks("隐患台账")

    def closes(self):
        if self.shell is not None:
            self.shell.desk.close()
            self.shell.hide()
            self.shell = None

    def says(self, blanks):
        for label, value in blanks.items():
            if label == PHOTO:
                self.takes_photo(*value)
            else:
                self.user.fills(label, value)
        self.user.clicks("保存")
        assert not self.user.sees_dialogs(), self.user.texts()

    def takes_photo(self, mark, number=1):
        """Put a photo into the dialog in front."""
        file = self.folder / f"{mark}{number}.jpg"
        file.write_bytes(scene(mark, number))
        self.user.clicks("添加照片")
        self.user.chooses_file(file)

    def signs(self, what, press, blanks):
        """Choose the line that says ``what``, press its next button and fill in the blanks."""
        self.user.picks_row(what)
        self.user.clicks(press)
        self.says(blanks)

    def puts_right_at_once(self, what, by):
        self.user.picks_row(what)
        self.user.picks("更多", "立整立改")
        self.says({"整改措施": "当天修好", "整改人": by, "整改完成日期": "今天", "评估人": HEAD})

    def closes_off(self, what):
        accepted = {"验收人": HEAD, "验收日期": "今天", "验收结论": "合格"}
        self.signs(what, "填验收意见", accepted)
        self.signs(what, "销账", {"销账人": WHO, "销账日期": "今天"})

    def paper(self, name):
        """Save the paper in the preview; return all it says, without the breaks of its cells."""
        self.user.waits_for("存为PDF")
        self.user.clicks("存为PDF")
        self.user.chooses_file(self.folder / f"{name}.pdf")
        self.user.clicks("关闭")
        with pypdfium2.PdfDocument(self.folder / f"{name}.pdf") as pdf:
            return "\n".join(page.get_textpage().get_text_range() for page in pdf)

    def exports(self, name):
        """Export the list as it is filtered; return its rows as dictionaries."""
        self.user.picks("导出", "Excel 表格")
        self.user.chooses_file(self.folder / f"{name}.xlsx")
        if self.user.sees_dialogs():
            self.user.clicks("知道了")
        rows = list(openpyxl.load_workbook(self.folder / f"{name}.xlsx").worksheets[0].values)
        start = next(n for n, row in enumerate(rows) if "编号" in row)
        return [dict(zip(rows[start], row, strict=True)) for row in rows[start + 1 :] if row[0]]


@pytest.fixture
def office(user, tmp_path):
    office = Office(user, tmp_path)
    yield office
    office.closes()


def test_a_real_week_ends_with_papers_that_agree_with_the_ledger(user, office):
    office.opens(MON)
    a_campaign_begins(user, office)
    a_sheet_is_printed_and_typed_back(user, office)
    office.opens(TUE)
    notices_go_out(user, office)
    what_cannot_be_mended_waits(user, office)
    the_grave_one_is_reported(user, office)
    office.opens(WED)
    work_is_done(user, office)
    office.opens(THU)
    it_is_walked_again(user, office)
    one_is_not_good_enough(user, office)
    a_card_comes_back(user, office)
    office.opens(FRI)
    what_is_good_is_closed(user, office)
    office.opens(SAT)
    one_holds_and_one_comes_back(user, office)
    office.opens(SUN)
    the_last_day_counts(user, office)
    ledger = the_ledger_stands(user, office)
    the_rolling_sheet_agrees(user, office, ledger)
    the_supervision_sheet_agrees(user, office, ledger)
    the_campaign_report_agrees(user, office)


def a_campaign_begins(user, office):
    user.clicks("专项行动")
    user.picks("新的专项行动", f"模板：{CAMPAIGN}")
    user.fills("开始日期", date(2026, 3, 23))
    office.says({"结束日期": date(2026, 6, 30)})


def a_sheet_is_printed_and_typed_back(user, office):
    user.clicks("检查")
    user.picks("打印空白表", "校舍检查")
    blank = squeezed(office.paper("检查表"))
    assert "井盖、沟盖板齐全、稳固" in blank and "初检" in blank and "复检" in blank
    user.picks("录入检查", "几张一起…")
    for sheet in (BUILDING, FIRE):
        user.clicks(sheet)
    user.clicks("下一步")
    user.fills("带队领导", HEAD)
    user.fills("检查人员", WHO)
    user.fills("专项行动", CAMPAIGN)
    user.presses(ENTER)
    for number in range(1, 31):
        user.types("2" if number in FOUND else "1", into=user.front().focusWidget())
        user.hears()
        for said in FOUND.get(number, ()):
            user.presses("Ctrl+A")
            user.types(said, into=user.front().focusWidget())
            user.presses(ENTER)
    assert user.sees("已填 30/30 条，问题 12 条"), user.texts()
    user.presses(ENTER)
    assert not user.sees_dialogs() and user.sees("共30条，有问题12条")
    user.clicks("台账")
    assert user.sees("12 条未销账，逾期在前")


def notices_go_out(user, office):
    for person, their in (("王建国", (4, 6, 13)), ("李敏", (15, 16, 17))):
        choose_rows(user, [FOUND[number][0] for number in their])
        user.picks("打印", "整改通知书")
        assert user.reads_blank("责任人") == person
        user.fills("整改要求", "三日内改好，改好前拉警戒线")
        user.fills("整改期限", date(2026, 4, 3))
        user.fills("签发人", HEAD)
        user.clicks("保存")
        notice = squeezed(office.paper(f"通知书_{person}"))
        assert "回执" in notice and f"ZG-2026-00{1 if person == '王建国' else 2}" in notice
        for number in their:
            assert FOUND[number][0] in notice and FOUND[number][1] in notice


def what_cannot_be_mended_waits(user, office):
    user.picks_row("音乐室漏水")
    user.picks("更多", "挂账")
    office.says(
        {
            "指定专人": "王建国",
            "下次复看日": date(2026, 4, 20),
            "临时防控措施": "雨天停用音乐室",
            "研判会日期": "今天",
            "研判会怎么定的": "等县里维修款",
            "决定人": HEAD,
            "挂账日期": "今天",
        }
    )
    assert row_of(user, "音乐室漏水")[0] == "挂账"


def the_grave_one_is_reported(user, office):
    grave = "墙体开裂并外倾"
    assessed = {"评估人": HEAD, "评估日期": "今天", "评估意见": "可能倒塌"}
    office.signs(grave, "填评估意见", assessed)
    reported = {"报告人": HEAD, "报告日期": "今天", "报告给谁": "中心学校", "报告方式": "书面"}
    office.signs(grave, "填报告情况", reported)
    user.picks_row(grave)
    user.picks("打印", "重大隐患报告表")
    report = squeezed(office.paper("重大隐患报告表"))
    for said in ("YH-2026-0004", "围墙西北角", "重大", "可能倒塌", "中心学校", FACTS.name):
        assert said in report, said
    watched = {"监控责任人": "李敏", "开始日期": "今天", "监控措施": "围挡三米，专人看守"}
    office.signs(grave, "填监控措施", watched)
    office.signs(
        grave,
        "定整改措施",
        {"整改措施": "拆除重砌", "责任人": "李敏", "整改时限": date(2026, 4, 10)},
    )
    assert row_of(user, grave)[0] == "治理中"


def work_is_done(user, office):
    for what, by in (
        ("空调外机支架锈蚀", "王建国"),
        ("井盖缺一块", "王建国"),
        ("灭火器压力不足", "李敏"),
        ("水带接口缺失", "李敏"),
    ):
        office.puts_right_at_once(what, by)
    for what in ("扶手松动", "应急灯不亮"):
        office.signs(what, "填评估意见", {"评估人": HEAD, "评估日期": "今天"})
        for press in ("无需报告", "无需监控"):
            skipped = {"决定人": HEAD, "决定日期": "今天", "为什么不需要": "一般隐患，校内处理"}
            office.signs(what, press, skipped)
        owner = {"扶手松动": "王建国", "应急灯不亮": "李敏"}[what]
        plan = {"整改措施": "修好", "责任人": owner, "整改时限": date(2026, 4, 3)}
        office.signs(what, "定整改措施", plan)
    user.picks_row("扶手松动")
    user.clicks("补照片")
    office.says({"放在哪里": "整改前（现场）", PHOTO: ("前",)})
    office.signs("扶手松动", "填整改情况", mended("焊了一处") | {PHOTO: ("后",)})
    the_reply_comes_back(user, office)


def the_reply_comes_back(user, office):
    slip = Printed((office.folder / "通知书_王建国.pdf").read_bytes(), 1)
    code = codes(slip)["QRCode"]
    user.presses("F2")
    user.scans(code, "扫一扫或输入编号")
    for said in ("支架已换", "3-31", "三处都已修好", "4-1", "井盖已补", "3-31"):
        user.types(said, into=user.front().focusWidget())
        user.presses(ENTER)
    assert not user.sees_dialogs(), user.texts()
    user.picks_row("扶手松动")
    assert user.sees("三处都已修好")


def it_is_walked_again(user, office):
    user.clicks("检查")
    user.clicks("录入复检")
    user.presses(ENTER)
    user.presses(ENTER)  # the day and the name stand there already
    for number in FOUND:
        if number in MENDED:
            user.types("1", into=user.front().focusWidget())
        elif number == 6:
            user.types("x", into=user.front().focusWidget())
            user.hears()
            user.types("一处仍松", into=user.front().focusWidget())
            user.presses(ENTER)
        else:
            user.presses(Qt.Key.Key_Down)
        user.hears()
    assert user.sees(f"已填 {len(MENDED) + 1}/{len(FOUND)} 条，× 1 条"), user.texts()
    user.presses("Ctrl+S")
    assert not user.sees_dialogs() and user.sees("改好4条，没改好1条")
    user.clicks("台账")
    assert user.sees("12 条未销账，逾期在前"), "a walk signs nothing"


def one_is_not_good_enough(user, office):
    failed = {"验收人": HEAD, "验收日期": "今天", "验收结论": "不合格", "验收意见": "一处仍松"}
    office.signs("扶手松动", "填验收意见", failed | {PHOTO: ("验",)})
    assert row_of(user, "扶手松动")[0] in ("治理中", "将到期")
    office.signs("扶手松动", "填整改情况", mended("两处都焊牢") | {PHOTO: ("后", 2)})
    user.picks_row("扶手松动")
    user.picks("打印", "复查验收单")
    card = squeezed(office.paper("复查验收单"))
    assert "第2轮" in card and photos_on(office.folder / "复查验收单.pdf") >= 2
    user.picks_row("库房堆放酒精")
    user.picks("更多", "作废")
    user.clicks("核实后不是隐患")
    if user.sees_dialogs():
        user.clicks("作废")


def a_card_comes_back(user, office):
    gas = "燃气软管老化"
    user.picks_row(gas)
    user.picks("打印", "八步流转单")
    assert gas in squeezed(office.paper("流转单"))
    card = Printed((office.folder / "流转单.pdf").read_bytes(), 1)
    user.presses("F2")
    user.scans(codes(card)["QRCode"], "扫一扫或输入编号")
    office.says(
        {
            "整改措施": "换成金属软管",
            "责任人": "赵志强",
            "整改时限": date(2026, 4, 7),
            **{"评估人": HEAD, "评估日期": WED, "评估意见": "确实老化"},
            **{"报告人": HEAD, "报告日期": WED, "报告给谁": "中心学校"},
            **{"监控责任人": "赵志强", "开始日期": WED, "监控措施": "停用"},
            **{"整改人": "赵志强", "整改完成日期": THU, "整改情况": "已换"},
        }
    )
    assert row_of(user, gas)[0] == "待验收"


def what_is_good_is_closed(user, office):
    for what in ("扶手松动", "空调外机支架锈蚀", "井盖缺一块", "灭火器压力不足"):
        office.closes_off(what)
    assert user.sees("7 条未销账，逾期在前")


def one_holds_and_one_comes_back(user, office):
    user.clicks("也列出")
    for what, verdict in (("灭火器压力不足", "保持"), ("井盖缺一块", "反弹")):
        looked = {"查看人": WHO, "查看日期": "今天", "回头看结果": verdict}
        office.signs(what, "回头看", looked | {"看到的情况": "又被车压坏" * (verdict == "反弹")})
    assert len(user.reads_table()) == 12


def the_last_day_counts(user, office):
    office.puts_right_at_once("消防车道停了车", "赵志强")
    office.closes_off("消防车道停了车")


def the_ledger_stands(user, office):
    """Return the ledger as the spreadsheet has it: the truth the papers are held against."""
    user.clicks("逾期")
    user.clicks("逾期")  # released: everything
    ledger = office.exports("台账")
    assert len(ledger) == 12 == len({row["编号"] for row in ledger})
    status = Counter(row["状态"] for row in ledger)
    expected = {"已销账": 5, "挂账": 1, "待验收": 2, "逾期": 1, "将到期": 1, "待评估": 2}
    assert status == expected, status
    user.picks("打印", "当前列表")
    paper = squeezed(office.paper("台账"))
    assert "共12条" in paper and all(row["隐患内容"] in paper for row in ledger)
    assert "库房堆放酒精" not in paper, "what is 作废 is on no paper"
    return ledger


def the_rolling_sheet_agrees(user, office, ledger):
    user.picks("打印", "周滚动表…")
    user.clicks("预览")
    paper = office.paper("周滚动表")
    closed = sum(row["状态"] == "已销账" for row in ledger)
    late = sum(row["状态"] == "逾期" for row in ledger)
    whole = [0, len(ledger), closed, len(ledger) - closed, late]
    assert numbers_after(paper, "合计") == whole
    for grade in ("重大", "较大", "一般"):
        some = [row for row in ledger if row["等级"] == grade]
        gone = sum(row["状态"] == "已销账" for row in some)
        overdue = sum(row["状态"] == "逾期" for row in some)
        assert numbers_after(paper, grade) == [0, len(some), gone, len(some) - gone, overdue]


def the_supervision_sheet_agrees(user, office, ledger):
    user.picks("打印", "督办周报…")
    user.clicks("预览")
    paper = squeezed(office.paper("督办周报"))
    open_rows = [row for row in ledger if row["状态"] != "已销账"]
    assert f"未销账{len(open_rows)}条：逾期1条" in paper and "等验收销账2条" in paper
    for row in ledger:
        assert (row["编号"] in paper) == (row in open_rows), row
    for owner, number in Counter(row["责任人"] or "还没有定责任人" for row in open_rows).items():
        assert f"{owner}共{number}条" in paper, owner


def the_campaign_report_agrees(user, office):
    user.picks("专项", CAMPAIGN)
    ledger = office.exports("专项台账")
    closed = sum(row["状态"] == "已销账" for row in ledger)
    late = sum(row["状态"] == "逾期" for row in ledger)
    major = sum(row["等级"] == "重大" and row["状态"] != "已销账" for row in ledger)
    user.clicks("专项行动")
    user.picks("打印", "专项行动总结（选中的）")
    paper = office.paper("总结")
    said = squeezed(paper)
    assert len(ledger) >= 11 and closed == 5
    assert f"查出{len(ledger)}条已销账{closed}条未销账{len(ledger) - closed}条" in said
    assert f"逾期{late}条重大未销{major}条销账率{closed / len(ledger):.1%}" in said
    for grade, number in Counter(row["等级"] for row in ledger).items():
        assert numbers_after(paper, grade)[0] == number
    for row in ledger:
        assert (row["编号"] in said) == (row["状态"] != "已销账"), row


def mended(words):
    return {"整改人": "王建国", "整改完成日期": "今天", "整改情况": words}


def photos_on(path):
    """Return how many pictures stand on a paper."""
    with pypdfium2.PdfDocument(path) as pdf:
        return sum(len(list(page.get_objects(filter=[PICTURE]))) for page in pdf)


def choose_rows(user, words):
    """Hold Ctrl and click on the lines that say these words."""
    table = user.table()
    table.clearSelection()
    for number, word in enumerate(words):
        _, index = user._row(word)
        keys = Qt.KeyboardModifier.ControlModifier if number else Qt.KeyboardModifier.NoModifier
        place = table.visualRect(index).center()
        user._qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, keys, place)
        user.settles()


def row_of(user, word):
    return next(row for row in user.reads_table() if word in row[2])


def squeezed(text):
    return "".join(text.split())


def numbers_after(text, word):
    """Return the figures of the line of a table that begins with this word."""
    found = re.search(rf"{word}\s+(\d+(?:\s+\d+)*)", text)
    assert found, f"no line “{word}” in {text}"
    return [int(number) for number in found[1].split()]
