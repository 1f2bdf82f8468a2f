"""What printing costs: letters, a long ledger, and the bare writing of as many pages."""

import random
import zlib
from datetime import date
from time import process_time

from app.core.paper import (
    Block,
    Column,
    Context,
    LetterText,
    PaperForm,
    Recipient,
    print_letters,
    print_paper,
)
from app.core.paper.barcode import code128_path, qr_path

CONTEXT = Context("青石镇中心小学", printed_by="张老师", filter_text="全校")
FAMILIES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜"
GIVEN = "子涵梓轩雨桐欣怡浩然一诺宇航思远佳琪明诗俊杰嘉博文雅婷志强秀英建国"
RARE = "䶮㛃㭎㙍𬀩𬭎𫍯𣲘㼆䥽𪟝㑇㸆犇骉燚堃喆祎"  # of the list of characters for names and places
RARE_SHARE = 0.05
PARAGRAPH = (
    "孩子离校期间（含上学放学途中、周末、节假日和寒暑假），监护责任由家长承担；"
    "外出务工的家长，请委托有监护能力的亲属代为监护，并将“受托人”的电话告知班主任。"
)
WORDS = (
    "教学楼二楼东侧走廊消防栓箱门损坏，箱内水带老化漏水",
    "学生宿舍三〇五室电线私拉乱接且插座面板破损",
    "校门口防撞设施缺失，上下学时段车辆人员混行存在较大交通安全风险",
    "立即停用并更换新件，由总务处负责验收",
    "联系专业施工队加固，设置警戒线，三日内完成整改",
    "楼梯扶手松动",
)
LEDGER = PaperForm(
    "bench_ledger",
    "安全隐患排查治理台账",
    "table",
    size=9,
    columns=tuple(
        Column(key, label, width)
        for key, label, width in (
            ("#", "序号", 11),
            ("number", "编号", 26),
            ("found_on", "排查日期", 21),
            ("place", "部位", 24),
            ("category", "类别", 18),
            ("what", "隐患内容", 50),
            ("grade", "等级", 12),
            ("measures", "整改措施", 45),
            ("owner", "责任人", 15),
            ("due_on", "整改期限", 19),
            ("closed_on", "销账日期", 12),
            ("status", "状态", 14),
        )
    ),
)


def letters(count):
    """Print this many letters with receipts; return CPU seconds, fonts included, and bytes."""
    text = LetterText(
        title="预防溺水致家长的一封信",
        greeting="尊敬的{name}同学家长：",
        blocks=(
            *[Block("一、严防溺水事故", "head"), Block(PARAGRAPH)] * 4,
            *[Block(PARAGRAPH)] * 3,
        ),
        school=CONTEXT.school,
        date="2026年6月5日",
        confirm="这封信我已经收到并读完，会照着做。",
        batch="HZ26A",
    )
    families = list(_families(count))
    started = process_time()
    printed = print_letters(text, families, CONTEXT)
    assert printed.pages == count
    return process_time() - started, len(printed.data)


def ledger(count):
    """Print a ledger of this many rows and twelve columns; return CPU seconds and bytes."""
    dice = random.Random(2)
    rows = [
        {
            "number": f"YH-2026-{n:05d}",
            "found_on": date(2026, dice.randint(1, 12), dice.randint(1, 28)),
            "place": dice.choice(("教学楼二楼", "学生宿舍", "食堂操作间", "操场东侧围墙")),
            "category": dice.choice(("消防安全", "用电安全", "食品安全")),
            "what": dice.choice(WORDS),
            "grade": dice.choice(("一般", "重大")),
            "measures": dice.choice(WORDS),
            "owner": _name(dice),
            "due_on": date(2026, 12, dice.randint(1, 28)),
            "closed_on": None,
            "status": dice.choice(("治理中", "已销账")),
        }
        for n in range(1, count + 1)
    ]
    started = process_time()
    printed = print_paper(LEDGER, rows, CONTEXT)
    return process_time() - started, len(printed.data)


def raw_letters(count):
    """Write as many pages of codes and names by hand, nothing set or subset: the floor."""
    families = list(_families(count))
    started = process_time()
    pages = []
    for family in families:
        _, square = qr_path(family.qr)
        _, bars = code128_path(family.code)
        name = family.name.encode("utf-16-be").hex()
        page = (
            f"/X Do BT /F 16 Tf 80 700 Td <{name}> Tj ET q 3 0 0 3 400 60 cm {square} f Q {bars} f"
        )
        pages.append(zlib.compress(page.encode()))
    data = _assembled(pages)
    return process_time() - started, len(data)


def _assembled(streams):
    """Put page streams together as a PDF."""
    count = len(streams)
    parts = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = b" ".join(b"%d 0 R" % (3 + 2 * n) for n in range(count))
    parts.append(b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids))
    for n, stream in enumerate(streams):
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R>>" % (4 + 2 * n)
        head = b"<</Filter/FlateDecode/Length %d>>stream\n" % len(stream)
        parts += [page, head + stream + b"\nendstream"]
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(out)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(parts) + 1, table)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, start)
    return bytes(out)


def _families(count):
    dice = random.Random(1)
    for n in range(count):
        code = f"HZ26A-{n:04d}-K7"
        class_name = f"{dice.choice('一二三四五六')}年级（{dice.randint(1, 4)}）班"
        yield Recipient(_name(dice), class_name, code, f"XA1:5220102001:{code}")


def _name(dice):
    second = dice.choice(RARE) if dice.random() < RARE_SHARE else dice.choice(GIVEN)
    return dice.choice(FAMILIES) + dice.choice(GIVEN) + second
