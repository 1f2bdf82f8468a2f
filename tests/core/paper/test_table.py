"""Lists on paper: header on every sheet, pages counted, rows whole, levels kept."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.core.errors import UserError
from app.core.paper import Column, Context, PaperForm, print_paper
from tests.core.paper.reading import lines, misplaced, text, texts

CONTEXT = Context("青石镇中心小学", printed_by="张老师", printed_at=datetime(2026, 11, 22, 9, 5))
FORM = PaperForm(
    "hazard_ledger",
    "安全隐患台账",
    "table",
    number="YH-01",
    columns=(
        Column("#", "序号", 12, align="center"),
        Column("number", "编号", 30, align="center"),
        Column("place", "隐患部位", 40),
        Column("what", "隐患内容", 90),
        Column("found_on", "发现日期", 26, align="center"),
    ),
    signatures=("填表人", "校长"),
    notes=("说明：整改期限的最后一天不算逾期。",),
)
WHAT = "校门口防撞设施缺失，上下学时段车辆、行人混行（尤其是雨天），存在“较大”交通安全风险。"


def rows(count, **more):
    return [
        {
            "number": f"YH-2026-{n:04d}",
            "place": "教学楼二楼",
            "what": WHAT if n % 3 else "楼梯扶手松动",
            "found_on": date(2026, 3, 5),
            "class_name": f"{'一二三'[n // 20 % 3]}年级",
            "phone": "13812345678",
            "name": "欧阳小明",
            "born_on": date(2018, 3, 5),
            **more,
        }
        for n in range(1, count + 1)
    ]


def test_every_sheet_has_the_header_and_says_which_of_how_many_it_is():
    printed = print_paper(FORM, rows(60), CONTEXT)
    pages = texts(printed)
    assert printed.pages == len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert "隐患部位" in page
        assert f"第{number}页\u3000共{len(pages)}页" in page
        assert "表号 YH-01\u3000内部" in page
        assert "张老师 2026年11月22日 09:05 打印" in page


def test_a_sheet_the_list_goes_on_to_says_what_it_is_and_signatures_stand_once():
    pages = texts(print_paper(FORM, rows(60), CONTEXT))
    assert all("安全隐患台账" in page for page in pages)
    assert ["安全隐患台账（续）" in page for page in pages] == [False] + [True] * (len(pages) - 1)
    assert ["填表人：" in page for page in pages] == [False] * (len(pages) - 1) + [True]
    assert "共60条" in pages[0] and "学校：青石镇中心小学" in pages[0]


@pytest.mark.parametrize("count", range(1, 40))
def test_no_row_is_lost_wherever_the_sheet_ends(count):
    said = text(print_paper(FORM, rows(count), CONTEXT))
    assert [n for n in range(1, count + 1) if f"YH-2026-{n:04d}" not in said] == []
    assert said.count("填表人：") == 1


def test_no_line_of_a_list_begins_or_ends_badly():
    for line in lines(print_paper(FORM, rows(30), CONTEXT)):
        assert line[0] not in "，。、；：？！）》”’", line
        assert line[-1] not in "（《“‘", line


def test_a_row_taller_than_a_sheet_goes_on_overleaf():
    long = "".join(f"第{n}处隐患，请整改。" for n in range(700))
    printed = print_paper(FORM, rows(1, what=long), CONTEXT)
    said = "".join(text(printed).split())
    assert printed.pages > 1
    assert [n for n in range(700) if f"第{n}处隐患，请整改。"[-7:] not in said] == []


def test_a_group_that_goes_on_overleaf_is_named_there_again():
    form = PaperForm(
        "roster", "名单", "table", group="class_name", group_page=True, columns=FORM.columns
    )
    pages = texts(print_paper(form, rows(90), CONTEXT))
    again = [page for page in pages if "学校：" not in page]
    assert again and all("名单（续）" in page and "年级" in page for page in again)


def test_rows_are_lower_where_that_keeps_a_list_on_one_sheet():
    form = replace(FORM, row_height=9, row_least=6.5)
    short = [row | {"what": "扶手松动"} for row in rows(60)]
    few = short[:18]
    assert print_paper(replace(form, row_least=0), few, CONTEXT).pages == 2
    assert print_paper(form, few, CONTEXT).pages == 1
    plain = print_paper(replace(form, row_least=0), short, CONTEXT)
    assert texts(print_paper(form, short, CONTEXT)) == texts(plain), "more sheets: as high as ever"
    assert misplaced(print_paper(form, few, CONTEXT)) == []


def test_the_filter_is_said_in_the_heading():
    context = Context("青石镇中心小学", filter_text="三年级、未销账")
    assert "按筛选打印：三年级、未销账" in texts(print_paper(FORM, rows(3), context))[0]


def test_words_longer_than_the_sheet_are_fitted_to_it():
    form = PaperForm(
        "x",
        "关于开展校园及周边安全隐患大排查大整治专项行动情况统计" * 2,
        "table",
        orientation="portrait",
        number="YH-2026-01-02-03",
        subtitle=(
            "（二〇二六年秋季学期至二〇二七年春季学期，含寒暑假和全部法定节假日期间的各次检查）",
        ),
        group="class_name",
        group_page=True,
        columns=FORM.columns[:3],
    )
    school = "某某省某某自治州某某县某某民族乡九年一贯制寄宿学校附属幼儿园东坝村教学点"
    context = Context(
        school,
        printed_by="买买提·艾力江·吐尔逊·阿不都热合曼",
        printed_at=datetime(2026, 11, 22, 9, 5),
        filter_text="、".join(["三年级（1）班", "未销账", "消防安全"] * 12),
    )
    data = rows(3, class_name="三年级（1）班和四年级（2）班复式班　应收45　未交7")
    printed = print_paper(form, data, context)
    assert misplaced(printed) == []
    said = text(printed).replace("\n", "")
    assert school in said and said.count("消防安全") == 12


def test_what_goes_to_the_town_does_not_say_who_printed_it():
    said = text(print_paper(FORM, rows(3), Context("青石镇中心小学", "上报", "张老师")))
    assert "上报" in said
    assert "张老师" not in said


def test_without_rows_a_blank_form_is_printed_in_the_same_order():
    printed = print_paper(FORM, [], CONTEXT)
    assert printed.pages == 1
    said = text(printed)
    places = [said.index(column.label) for column in FORM.columns]
    assert places == sorted(places)
    assert "共0条" not in said and "填表人：" in said


def test_groups_are_named_and_counted():
    form = PaperForm("roster", "名单", "table", group="class_name", unit="人", columns=FORM.columns)
    pages = texts(print_paper(form, rows(59), CONTEXT))
    said = "\n".join(pages)
    for line in ("一年级\u3000共19人", "二年级\u3000共20人", "三年级\u3000共20人"):
        assert said.count(line) == 1


@pytest.mark.parametrize("count", range(12, 40))
def test_the_line_of_a_group_never_stands_alone_at_the_end_of_a_sheet(count):
    form = PaperForm("roster", "名单", "table", group="of", unit="人", columns=FORM.columns)
    data = [{**row, "of": f"第{n // 3}组"} for n, row in enumerate(rows(count))]
    for page in texts(print_paper(form, data, CONTEXT)):
        assert "组" not in page.split("表号")[0].strip().splitlines()[-1]


@pytest.mark.parametrize("count", range(0, 40, 3))
def test_nothing_stands_on_anything_else(count):
    assert misplaced(print_paper(FORM, rows(count), CONTEXT)) == []


def test_a_group_may_have_sheets_of_its_own():
    form = PaperForm(
        "roster", "名单", "table", group="class_name", group_page=True, columns=FORM.columns
    )
    pages = texts(print_paper(form, rows(59), CONTEXT))
    titled = [page for page in pages if "名单（续）" not in page]
    assert ["一年级" in p for p in titled] == [True, False, False]
    assert [p.count("学校：") for p in titled] == [1, 1, 1]


@pytest.mark.parametrize(
    ("level", "shows", "hides"),
    [
        ("内部", ["欧阳小明", "13812345678", "2018-03-05", "哮喘", "病情"], []),
        ("班主任", ["欧阳小明", "13812345678", "2018-03-05"], ["哮喘", "病情"]),
        ("上报", ["欧***", "138****5678", "2018-03"], ["欧阳小明", "13812345678", "哮喘", "-05"]),
    ],
)
def test_a_level_shows_masks_or_leaves_out(level, shows, hides):
    form = PaperForm(
        "watch",
        "关注名单",
        "table",
        columns=(
            Column("name", "姓名", 40, sensitive=2, mask="name"),
            Column("phone", "电话", 40, sensitive=2, mask="phone"),
            Column("born_on", "出生", 40, sensitive=2, mask="day"),
            Column("illness", "病情", 40, sensitive=3),
        ),
    )
    said = text(print_paper(form, rows(2, illness="哮喘"), Context("青石镇中心小学", level)))
    assert [word for word in shows if word not in said] == []
    assert [word for word in hides if word in said] == []


def test_columns_may_share_a_second_header_line():
    columns = (
        *FORM.columns[:3],
        Column("what", "措施", 60, above="整改"),
        Column("found_on", "日期", 30, above="整改"),
    )
    form = PaperForm("x", "台账", "table", columns=columns)
    assert text(print_paper(form, rows(2), CONTEXT)).count("整改") == 1


def test_names_no_font_has_are_left_for_the_pen_and_all_else_prints():
    data = rows(3)
    data[1]["place"] = "王\ue123"
    data[2]["what"] = "楼梯旁的\ue123树枝伸到了走廊上，雨天会刮到人"
    printed = print_paper(FORM, data, CONTEXT)
    assert printed.pen == ("王\ue123", data[2]["what"])
    said = text(printed)
    assert "YH-2026-0002" in said and "树枝伸到了走廊上" in said
    assert "\ue123" not in said


def test_a_form_that_asks_for_what_is_not_there_is_refused_in_a_sentence():
    form = PaperForm("x", "台账", "table", columns=(Column("ownr", "责任人", 30),))
    with pytest.raises(UserError, match="它要的“ownr”，这份资料里没有"):
        print_paper(form, rows(1), CONTEXT)


def test_the_same_list_printed_twice_is_the_same_file():
    assert print_paper(FORM, rows(20), CONTEXT).data == print_paper(FORM, rows(20), CONTEXT).data


def test_a_job_hears_of_every_sheet_and_may_stop():
    heard = []
    printed = print_paper(FORM, rows(60), CONTEXT, tick=lambda *n: heard.append(n))
    assert heard == [(n, printed.pages) for n in range(1, printed.pages + 1)]

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        print_paper(FORM, rows(60), CONTEXT, tick=stop)
