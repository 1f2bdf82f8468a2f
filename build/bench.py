"""What the product promises in figures, each beside its floor measured in the same run.

Every figure is taken in a process of its own, three times (scans once, over a thousand pages),
and the median is shown: CPU seconds are user and system of that process and its children, memory
is the peak of the process.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
RUNS = 3
ONCE = {
    "bundle",
    "county",
    "scans",
    "duty",
    "duty_room",
}  # a thousand spoiled pages take minutes to make, and are an average in themselves


@dataclass(frozen=True)
class Figure:
    """One promise: ``most`` in ``unit``, or none where it is the floor of another."""

    name: str
    what: str
    unit: str
    most: float | None = None


FIGURES = (
    Figure("import_cpu", "导入3000名学生，连同子进程和操作记录", "s CPU", 4.0),
    Figure("import_floor", "　　只用表格库读完同一个文件", "s CPU"),
    Figure("letters_cpu", "1000封带二维码的信", "s CPU", 1.5),
    Figure("letters_floor", "　　只把同样多的页写出来", "s CPU"),
    Figure("letters_mb", "　　1000封信的PDF", "MB", 2.0),
    Figure("batch_cpu", "3000封信连同回执，从登记好的批次到PDF", "s CPU", 3.0),
    Figure("batch_floor", "　　只把同样多的页写出来", "s CPU"),
    Figure("batch_mb", "　　3000封信的PDF", "MB", 4.0),
    Figure("batch_rare_mb", "　　二十个名字里有一个生僻字，多带一种字体", "MB"),
    Figure("batch_strips_cpu", "3000张回执，四张一页", "s CPU", 3.0),
    Figure("batch_strips_mb", "　　3000张回执的PDF", "MB", 4.0),
    Figure("ledger_cpu", "5000行×12列的台账", "s CPU", 2.0),
    Figure("ledger_mb", "　　打印这本台账时的内存", "MB", 150.0),
    Figure("start_s", "解锁后到窗口能用，十年的资料", "s", 0.8),
    Figure("start_floor", "　　只开一个空窗口", "s"),
    Figure("bundle_start_s", "做好的程序，样例学校：从双击到口令窗口", "s", 1.0),
    Figure("bundle_start_cpu", "　　只算它自己用的处理器", "s CPU"),
    Figure("bundle_window_s", "　　输完口令到窗口，不算核对口令", "s", 1.0),
    Figure("bundle_mb", "　　Linux 的程序文件夹", "MB", 240.0),
    Figure("installer_mb", "　　Windows 的安装程序", "MB", 70.0),
    Figure("installed_mb", "　　　　装好以后", "MB", 180.0),
    Figure("list_s", "两万条隐患的台账，从点开到画完", "s CPU", 0.3),
    Figure("list_floor", "　　只用一句查询读出同样的栏", "s CPU"),
    Figure("list_wall_s", "　　按钟表算（别的程序占着处理器也算在内）", "s"),
    Figure("list_key_ms", "　　在里面搜索和筛选，每按一键", "ms", 16.0),
    Figure("list_key_worst_ms", "　　最慢的一键", "ms", 16.0),
    Figure("sign_ms", "签一步，连同操作记录写到磁盘上", "ms", 50.0),
    Figure("sign_worst_ms", "　　三十次里最慢的一次", "ms", 50.0),
    Figure("charts_s", "两万条的统计图，连读带数带画", "s CPU", 0.3),
    Figure("photos_ms", "点开有24张照片的隐患，到画完边栏", "ms CPU", 100.0),
    Figure("photos_again_ms", "　　再点开一次", "ms CPU", 100.0),
    Figure("photos_kept_ms", "给一条隐患存两张照片，写到磁盘上", "ms", 50.0),
    Figure("real_ledger_cpu", "从两万条里读出5000条，打印成台账", "s CPU", 2.0),
    Figure("self_check_cpu", "　　打印成自查隐患清单", "s CPU", 2.0),
    Figure("platform_cpu", "　　打印成上级平台抄录表", "s CPU", 2.0),
    Figure("search_ms", "两万行里搜索，每按一键", "ms", 16.0),
    Figure("search_worst_ms", "　　最慢的一键", "ms", 16.0),
    Figure("search_floor", "　　只在同样的文字里找一遍", "ms"),
    Figure("care_ms", "三千名关注的学生里搜索，每按一键", "ms", 16.0),
    Figure("care_worst_ms", "　　最慢的一键", "ms", 16.0),
    Figure("handover_s", "报送：一所学校一年的数据文件，写好、读回、记账", "s CPU", 1.0),
    Figure("handover_rows", "　　里面的行", "行"),
    Figure("handover_verify_ms", "　　核对这份文件", "ms CPU", 200.0),
    Figure("handover_verify_wall_ms", "　　　　按钟表算", "ms"),
    Figure("handover_wrong", "　　改坏3000份，读错或者崩溃的", "份", 0.0),
    Figure("binder_s", "迎检档案册：一年的台账和表装成一本", "s CPU", 8.0),
    Figure("binder_wall_s", "　　按钟表算", "s"),
    Figure("binder_pages", "　　页数", "页"),
    Figure("binder_mb", "　　装订时多用的内存", "MB", 80.0),
    Figure("agenda_ms", "今日：60条规则、十年的记录，数一遍", "ms CPU", 50.0),
    Figure("agenda_first_ms", "　　打开软件后的第一遍，连同校历", "ms CPU"),
    Figure("agenda_floor_ms", "　　只从各台账读出同样的记录", "ms CPU"),
    Figure("grid_ms", "校历：没有看过的六周", "ms CPU", 2.0),
    Figure("year_ms", "　　改了一处以后，重读重算一整年", "ms CPU", 15.0),
    Figure("duty_s", "排班：80人、7个岗位、180天，1260班", "s CPU", 0.5),
    Figure("duty_year_s", "　　同样的人和岗位，一年", "s CPU", 1.5),
    Figure("duty_gates_s", "　　校门口一次站4人，180天，2340人次，最慢的一所学校", "s CPU"),
    Figure("duty_explain_ms", "　　说明一格，连同谁能替，100格里最慢的", "ms CPU", 10.0),
    Figure("duty_breaks", "　　21所随机的学校，违反规则的", "处", 0.0),
    Figure("duty_gaps", "　　　　没有人能来的", "人次"),
    Figure("duty_points", "　　　　同组里最多比最少，最不均的一组，各校的中位数", "分", 2.0),
    Figure("duty_points_worst", "　　　　　　最不均的学校", "分"),
    Figure("duty_shifts", "　　　　同组里某一类班最多比最少，各校的中位数", "班", 3.0),
    Figure("duty_shifts_worst", "　　　　　　最不均的学校", "班"),
    Figure("duty_take_s", "　　把180天的班写进数据，连同操作记录", "s"),
    Figure("duty_month_ms", "　　值班月表：重读一个月，连同结转和边栏", "ms CPU", 100.0),
    Figure("duty_paint_ms", "　　　　画一遍", "ms CPU", 16.0),
    Figure("duty_cell_ms", "　　　　点一格，说明、替班、轻重都画好", "ms CPU", 30.0),
    Figure("duty_replay_first", "　　结转：手工排的第一学期，同组最多比最少", "分"),
    Figure("duty_replay_last", "　　　　软件排四个学期以后，累计最多比最少", "分", 3.0),
    Figure("duty_replay_without", "　　　　不结转的话", "分"),
    Figure("duty_exact_gaps", "　　很小的学校，缺人比求解器算出的最少多", "人次"),
    Figure("duty_exact_points", "　　　　分数差比求解器算出的大，最大的一所", "分"),
    Figure("scan_mid_missed", "500页旧扫描仪的回执，没有读出的", "%", 0.5),
    Figure("scan_severe_missed", "500页有墨条、折痕的复印件，没有读出的", "%", 1.0),
    Figure("scan_find_ms", "　　读一页、找到编号（较差的那一种）", "ms", 40.0),
    Figure("scan_floor_ms", "　　　　只让条码库读同一页", "ms"),
    Figure("scan_kept_ms", "　　连同剪下图像", "ms", 120.0),
    Figure("proof_s", "一名学生的回执证明，九年的信", "s", 0.3),
    Figure("ledgers_all_ms", "其他台账的页面，四十本共二十万条", "ms", 200.0),
    Figure("ledgers_one_ms", "　　打开其中一本，五千条", "ms", 200.0),
    Figure("ledgers_today_ms", "　　今日里它们的到期和月报", "ms", 80.0),
    Figure("drills_plan_ms", "排一个学期的演练，十年的记录", "ms", 100.0),
    Figure("drills_plan_floor", "　　只把这些记录读出来", "ms"),
    Figure("drills_grid_ms", "演练月历画一遍，六个星期，每天一次", "ms", 16.0),
    Figure("drills_grid_floor", "　　只写同样多的字", "ms"),
    Figure("drills_leaf_ms", "　　翻一个月，连同十二格和边栏", "ms"),
    Figure("loop_import_ms", "窗口最久没有响应：导入1055名学生", "ms", 100.0),
    Figure("loop_print_ms", "　　打印三千多条里未销账的，到预览画完", "ms", 100.0),
    Figure("loop_export_ms", "　　导出同样的列表", "ms", 100.0),
    Figure("loop_backup_ms", "　　备份到U盘，读回来核对", "ms", 100.0),
    Figure("loop_roster_ms", "　　排一个月的班，到看见预览", "ms", 100.0),
    Figure("town_merge_s", "镇级：300所学校各3份、每份200行，从核对到能搜索", "s CPU", 5.0),
    Figure("town_merge_wall_s", "　　按钟表算（别的程序占着处理器也算在内）", "s"),
    Figure("town_settle_s", "　　　　其中计数、编搜索的索引", "s CPU"),
    Figure("town_states", "　　不同次序合出来的不同结果", "种", 1.0),
    Figure("county_overview_s", "县：一百万条隐患，各校一览", "s CPU", 0.3),
    Figure("county_overview_wall_s", "　　　　按钟表算", "s"),
    Figure("county_filter_s", "　　按范围、等级、学校、年度筛，最慢的一种", "s CPU", 0.3),
    Figure("county_filter_wall_s", "　　　　按钟表算", "s"),
    Figure("county_text_s", "　　全部年度里找几个字，最慢的一次", "s CPU", 0.3),
    Figure("county_text_wall_s", "　　　　按钟表算", "s"),
    Figure("county_charts_s", "　　一张图数一遍", "s CPU", 0.3),
    Figure("county_charts_wall_s", "　　　　按钟表算", "s"),
    Figure("county_mb", "　　内存，连同把它们收进来", "MB", 400.0),
    Figure("county_file_mb", "　　数据文件", "MB"),
    Figure("window_mb", "窗口的内存，每个标签都打开过", "MB", 300.0),
    Figure("pages_mb", "　　标签里的每一页也都打开过", "MB"),
    Figure("unlock_mb", "　　核对口令的那一瞬间，口令推导要128 MB", "MB"),
)


def measure_import() -> dict[str, float]:
    """Import 3,000 pupils from a real file."""
    from tests.bench import sheets, students

    return {
        "import_cpu": students.import_students(3000),
        "import_floor": sheets.bare_read(3000),
    }


def measure_letters() -> dict[str, float]:
    """Print 1,000 letters."""
    from tests.bench import paper

    cpu, size = paper.letters(1000)
    return {
        "letters_cpu": cpu,
        "letters_mb": size / 1e6,
        "letters_floor": paper.raw_letters(1000)[0],
    }


def measure_batch() -> dict[str, float]:
    """Print a batch of 3,000 letters as the letters room does, from its receipts."""
    from tests.bench import letters

    return letters.measure(3000)


def measure_ledger() -> dict[str, float]:
    """Print a ledger of 5,000 rows."""
    from tests.bench import paper
    from tests.bench.machine import peak_mb

    cpu, _size = paper.ledger(5000)
    return {"ledger_cpu": cpu, "ledger_mb": peak_mb()}


def measure_window() -> dict[str, float]:
    """Open the window on ten years of data."""
    from tests.bench import window

    return window.start()


def measure_bundle() -> dict[str, float]:
    """Start the built program, where it has been built, and weigh the packages."""
    from tests.bench import bundle

    return bundle.measure()


def measure_hazards() -> dict[str, float]:
    """Open, search, sign and print a ledger of 20,000 hazards."""
    from tests.bench import hazards

    return hazards.measure()


def measure_search() -> dict[str, float]:
    """Type into the search field of a ledger of 20,000 rows."""
    from tests.bench import ui

    usual, worst = ui.search_key_ms(20_000)
    return {
        "search_ms": usual,
        "search_worst_ms": worst,
        "search_floor": ui.bare_search_ms(20_000),
    }


def measure_care() -> dict[str, float]:
    """Type into the search field of 3,000 pupils who are cared for."""
    from tests.bench import care

    usual, worst, _read = care.search_key_ms()
    return {"care_ms": usual, "care_worst_ms": worst}


def measure_handover() -> dict[str, float]:
    """Write a year for the town, read it back, and spoil it three thousand times."""
    from tests.bench import handover

    return handover.measure()


def measure_agenda() -> dict[str, float]:
    """Count what is due by sixty rules in a school of ten years."""
    from tests.bench import agenda

    return agenda.measure()


def measure_calendar() -> dict[str, float]:
    """Ask the school calendar for six weeks, and for a year after a change."""
    from tests.bench import calendar

    grid, year = calendar.days_ms()
    return {"grid_ms": grid, "year_ms": year}


def measure_duty() -> dict[str, float]:
    """Make rosters for random schools; beside an exact solver where highspy is installed."""
    from tests.bench import duties

    return duties.measure()


def measure_duty_room() -> dict[str, float]:
    """Take a roster, show a month of it, and replay two years with what people carry."""
    from tests.bench import duty_room

    return duty_room.measure()


def measure_scans() -> dict[str, float]:
    """Read 500 receipts from a tired scanner, and 500 from a copy of a copy."""
    from tests.bench import scans

    return scans.read_back(500)


def measure_drills() -> dict[str, float]:
    """Plan a term after ten years of drills, and paint a month of them."""
    from tests.bench import drills

    return drills.measure()


def measure_ledgers() -> dict[str, float]:
    """Open the page of all plain ledgers, one of them, and count what they remind of."""
    from tests.bench import ledgers

    return ledgers.measure()


def measure_proof() -> dict[str, float]:
    """Print the proof sheet of a pupil who was sent letters for nine years."""
    from tests.bench import scans

    return {"proof_s": scans.prove(18)}


def measure_loop() -> dict[str, float]:
    """Press what takes long, and count how long the window does not listen."""
    from tests.bench import loop

    return loop.measure()


def measure_town() -> dict[str, float]:
    """Take the files of three hundred schools in two orders."""
    from tests.bench import town

    return town.merging()


def measure_county() -> dict[str, float]:
    """Look at a county of a million rows."""
    from tests.bench import town

    return town.county()


def measure_binder() -> dict[str, float]:
    """Bind a school's year of six hundred sheets."""
    from tests.bench import binder

    return binder.measure()


PARTS: dict[str, Callable[[], dict[str, float]]] = {
    "import": measure_import,
    "letters": measure_letters,
    "batch": measure_batch,
    "ledger": measure_ledger,
    "window": measure_window,
    "bundle": measure_bundle,
    "hazards": measure_hazards,
    "search": measure_search,
    "care": measure_care,
    "handover": measure_handover,
    "binder": measure_binder,
    "agenda": measure_agenda,
    "calendar": measure_calendar,
    "duty": measure_duty,
    "duty_room": measure_duty_room,
    "scans": measure_scans,
    "proof": measure_proof,
    "drills": measure_drills,
    "ledgers": measure_ledgers,
    "loop": measure_loop,
    "town": measure_town,
    "county": measure_county,
}


def _median_of_runs() -> dict[str, float]:
    seen: dict[str, list[float]] = {}
    for part in PARTS:
        for _ in range(1 if part in ONCE else RUNS):
            made = subprocess.run(
                [sys.executable, __file__, "--part", part], capture_output=True, text=True, cwd=ROOT
            )
            if made.returncode:
                sys.exit(f"{part}：没有量成\n{made.stderr}")
            for name, value in json.loads(made.stdout.splitlines()[-1]).items():
                seen.setdefault(name, []).append(value)
    return {name: statistics.median(values) for name, values in seen.items()}


def main() -> None:
    """Measure everything and print a table, or one JSON value."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--part", choices=PARTS)
    options = parser.parse_args()
    if options.part:
        print(json.dumps(PARTS[options.part]()))
        return
    found = _median_of_runs()
    if options.json:
        print(
            json.dumps(
                {f.name: {"is": found[f.name], "most": f.most} for f in FIGURES if f.name in found}
            )
        )
        return
    for figure in FIGURES:
        if figure.name not in found:
            continue  # its part needs a solver, or a package, that is not there
        value = found[figure.name]
        goal = "" if figure.most is None else f"不超过 {figure.most:g}"
        verdict = "" if figure.most is None else "达到" if value <= figure.most else "没有达到"
        print(f"{value:10.3f} {figure.unit:6} {goal:14} {verdict:5} {figure.what}")


if __name__ == "__main__":
    main()
