"""Write resources/pinyin/readings.txt from pypinyin (MIT), without tones; run by hand, seldom."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from pypinyin.phrases_dict import phrases_dict
from pypinyin.pinyin_dict import pinyin_dict

TARGET = Path(__file__).parents[1] / "resources" / "pinyin" / "readings.txt"
HEAD = """\
# Readings of Chinese characters without tones, ü written v. Made by build/pinyin_table.py from
# pypinyin (c) 2016 mozillazg, 闲耘, MIT licence. A line is a reading and its characters; first the
# commonest reading of each character, after = the others met in words, after @ those of surnames.
"""
FEW = 3  # in fewer words than these a character shows nothing, and keeps every reading
RARE = 0.02  # of a character's words; a reading met less often is one nobody types
# How a character is read as a surname where that is not its commonest reading or not known at all.
SURNAMES = {
    "单": "shan", "仇": "qiu", "查": "zha", "覃": "qin tan", "解": "xie", "曾": "zeng",
    "任": "ren", "华": "hua", "区": "ou", "朴": "piao", "尉": "wei", "盖": "ge gai",
    "乐": "yue le", "纪": "ji", "宁": "ning", "缪": "miao", "翟": "zhai di", "种": "chong",
    "冼": "xian", "应": "ying", "员": "yun", "黑": "he hei", "折": "she", "秘": "bi", "繁": "po",
    "洗": "xian", "召": "shao", "祭": "zhai", "牟": "mou mu", "逄": "pang", "郇": "xun huan",
    "车": "che", "隗": "wei kui", "句": "gou", "那": "na", "俞": "yu", "石": "shi", "叶": "ye",
    "沈": "shen", "葛": "ge", "盛": "sheng", "乜": "nie", "幺": "yao", "阚": "kan",
    "谌": "chen shen", "撒": "sa", "曲": "qu", "柏": "bai bo", "宓": "mi fu", "相": "xiang",
    "万": "wan", "都": "du", "佴": "nai", "郗": "xi chi", "瞿": "qu", "臧": "zang", "过": "guo",
    "於": "yu", "干": "gan", "占": "zhan", "粘": "nian", "谷": "gu", "教": "jiao", "藏": "zang",
    "重": "chong", "贾": "jia", "晁": "chao", "褚": "chu", "莘": "shen xin", "揭": "jie",
    "呙": "guo", "炔": "gui", "冒": "mao mo", "亓": "qi", "晏": "yan", "郝": "hao", "祝": "zhu",
    "万俟": "mo qi", "尉迟": "yu chi", "单于": "chan yu", "长孙": "zhang sun", "澹台": "tan tai",
}  # fmt: skip


def plain(reading: str) -> str:
    """Return a reading without its tone: lǜ is lv; "" for what is no syllable."""
    letters = unicodedata.normalize("NFD", reading).replace("u\u0308", "v")
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return bare if re.fullmatch(r"[a-z]*[aeiouv][a-z]*", bare) else ""


def in_words() -> dict[str, Counter[str]]:
    """Return how often each character has each reading in the words of pypinyin."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for word, readings in phrases_dict.items():
        if len(word) == len(readings):
            for sign, marked in zip(word, readings, strict=True):
                found[sign][plain(marked[0])] += 1
    return found


def common(readings: list[str], met: Counter[str]) -> list[str]:
    """Return the readings one may think of: the first, and those that words have."""
    total = sum(met.values())
    if total < FEW:
        return readings
    return [r for n, r in enumerate(readings) if n == 0 or met[r] >= RARE * total]


def main() -> None:
    """Write the table."""
    first: dict[str, list[str]] = defaultdict(list)
    other: dict[str, list[str]] = defaultdict(list)
    met = in_words()
    for code, marked in sorted(pinyin_dict.items()):
        readings = list(dict.fromkeys(filter(None, map(plain, marked.split(",")))))
        readings = common(readings, met[chr(code)])
        readings += [r.replace("ve", "ue") for r in readings if r in ("lve", "nve")]
        for place, reading in enumerate(readings):
            (other if place else first)[reading].append(chr(code))
    lines = [f"{reading} {''.join(signs)}" for reading, signs in sorted(first.items())]
    lines += ["="] + [f"{reading} {''.join(signs)}" for reading, signs in sorted(other.items())]
    lines += ["@"] + [f"{name} {readings}" for name, readings in SURNAMES.items()]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
