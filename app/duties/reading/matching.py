"""Who and which post is meant by the words of a roster; what is not clear is asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from app.core.imports import Question
from app.duties.papers.stood import Bearer, leads
from app.duties.planning import Person, Post
from app.duties.reading.cells import plain_name

LEFT_OUT = "这一栏不收"
_HOURS = re.compile(r"\d{1,2}[:：]\d{2}.*$")
_MARKS = re.compile(r"[\s（）()【】\[\]·、，,：:—\-]|值班|人员|教师|领导|岗位|姓名")
_CHIEF = re.compile(r"带班|值班领导|行政值班|领导")


class Known(NamedTuple):
    """Everybody and every post there is, and what is known of people besides."""

    people: Sequence[Person]
    posts: Sequence[Post]
    bearers: Mapping[str, Bearer]


@dataclass
class Matching:
    """Finding people and posts; ``answers`` are what the user said to the questions."""

    known: Known
    answers: Mapping[str, str] = field(default_factory=dict)
    questions: dict[str, Question] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Put the people in order of their names."""
        self._alike: dict[str, list[Person]] = {}
        for person in self.known.people:
            self._alike.setdefault(plain_name(_bare(person.name)), []).append(person)

    @property
    def names(self) -> set[str]:
        """Return every name there is, as ``plain_name`` writes it."""
        return set(self._alike)

    def post(self, heading: str, on: date) -> Post | None:
        """Return the post these words mean on a day; None where the user must say, or has not."""
        key = f"岗位：{heading}"
        if said := self.answers.get(key):
            return _in_use([post for post in self.known.posts if post.name == said], on)
        found = self._posts(heading)
        if len({post.name for post in found}) == 1:
            return _in_use(found, on)
        names = tuple(dict.fromkeys(post.name for post in found or self.known.posts))
        if key not in self.questions:
            text = f"表里的“{heading}”是哪个岗位？"
            self.questions[key] = Question(key, text, (LEFT_OUT, *names), silent=LEFT_OUT)
        return None

    def _posts(self, heading: str) -> list[Post]:
        bare = re.sub(r"\s", "", _HOURS.sub("", re.sub(r"\s", "", heading)))
        same = [post for post in self.known.posts if re.sub(r"\s", "", post.name) == bare]
        if same:
            return same
        if _CHIEF.search(bare):
            return [post for post in self.known.posts if leads(post)]
        word = _MARKS.sub("", bare)
        near = [(post, _MARKS.sub("", post.name)) for post in self.known.posts]
        if not word:
            return []
        if exact := [post for post, name in near if name == word]:
            return exact
        return [post for post, name in near if name and (name in word or word in name)]

    def person(self, name: str, mark: str) -> Person | None:
        """Return who is meant; None where nobody is, or several and the user has not said."""
        same = self._alike.get(plain_name(name), [])
        if len(same) < 2:
            return same[0] if same else None
        marked = [one for one in same if mark and mark in self._marks(one)]
        if len(marked) == 1:
            return marked[0]
        key = f"姓名：{name}"
        options = {self._told(n, one): one for n, one in enumerate(same, start=1)}
        if said := self.answers.get(key):
            return options.get(said)
        text = f"{name}有{len(same)}位，表里写的是哪一位？"
        self.questions[key] = Question(key, text, tuple(options))
        return None

    def is_several(self, name: str) -> bool:
        """Say whether more than one person bears a name."""
        return len(self._alike.get(plain_name(name), ())) > 1

    def _marks(self, person: Person) -> set[str]:
        bearer = self.known.bearers.get(person.uid, Bearer())
        written = person.name.removeprefix(_bare(person.name)).strip("（）")
        return {bearer.job, person.sex, f"尾号{bearer.phone[-4:]}", written} - {"", "尾号"}

    def _told(self, number: int, person: Person) -> str:
        bearer = self.known.bearers.get(person.uid, Bearer())
        said = " ".join(filter(None, (bearer.job, person.sex, bearer.phone)))
        return f"第{number}位{_bare(person.name)} {said}".strip()


def _bare(name: str) -> str:
    """Return a name without what tells it from another of the same."""
    return name.partition("（")[0]


def _in_use(posts: Sequence[Post], on: date) -> Post | None:
    """Return the one of these posts, alike in name, that is in use on a day, else the last."""
    used = [
        post
        for post in posts
        if (post.since is None or post.since <= on) and (post.until is None or on <= post.until)
    ]
    return [None, *posts, *used][-1]
