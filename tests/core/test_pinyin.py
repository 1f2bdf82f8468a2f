"""Names found by characters, pinyin and initials, whichever way they are read."""

import pytest

from app.core.pinyin import search_text, typed_key


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("张三", "zs zhangsan 张 三 zhangs ZS ｚｓ"),
        ("曾萍", "zp cp zengping cengping 曾"),
        ("单雄信", "sxx shanxiongxin dxx"),
        ("仇英", "qy qiuying cy"),
        ("查良镛", "zly zhaliangyong cly"),
        ("覃梅", "qm tm qinmei tanmei"),
        ("解晓东", "xxd xiexiaodong jxd"),
        ("吕布", "lvbu lb lübu LV"),
        ("万俟卨", "mqx moqi 万俟"),
        ("尉迟恭", "yuchigong ycg"),
        ("阿卜杜拉·买买提", "abdlmmt 买买提 abudula"),
        ("王㼆曦", "wyx wangyingxi"),
        ("沈䶮花", "syh shenyanhua"),
        ("Tom", "tom to"),
        ("朴信惠", "pxh piaoxinhui puxin"),
        ("翟志刚", "zzg dzg"),
        ("李乐怡", "lly lyy"),
        ("周茜", "zx zq"),
        ("林娜", "ln linnuo"),
        ("赵隽", "zj zhaojun zhaojuan"),
        ("田长兴", "tcx tzx"),
        ("陈晟", "chensheng chencheng"),
    ],
)
def test_a_name_is_found_however_it_is_typed(name, typed):
    for keys in typed.split():
        assert typed_key(keys) in search_text(name)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("张三", "ls zhangsi 李 sz"),
        ("曾萍", "dp"),
        ("董桂佳", "zgj"),
        ("王宁", "wz yn"),
        ("周育才", "zzc"),
        ("任石", "ls rd"),
    ],
)
def test_another_name_is_not_found(name, typed):
    for keys in typed.split():
        assert typed_key(keys) not in search_text(name)


def test_the_parts_are_the_name_its_full_readings_and_its_initials():
    assert search_text("曾萍").split() == ["曾萍", "zengping", "cengping", "zp", "cp"]
    assert "wz" in search_text("王𪚥").split()
    assert search_text("").split() == []


def test_a_very_long_name_has_a_search_text_of_bearable_length():
    assert len(search_text("重" * 50)) < 40_000
