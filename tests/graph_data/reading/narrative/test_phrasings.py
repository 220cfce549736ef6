"""Every phrasing of `phrasings.txt` gives the facts that it states, no other, and leaves over what it says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest

from graph_data.core.records import AccountKey, SubjectRecord
from graph_data.core.terms import Classification
from graph_data.reading.layout import Paragraph, Place, Region
from graph_data.reading.layout.regions import RegionKind
from graph_data.reading.ledger import Ledger
from graph_data.reading.narrative import tell
from graph_data.reading.narrative.passages import passages
from graph_data.reading.narrative.story import Story
from graph_data.reading.narrative.subjects import SubjectIndex
from graph_data.reading.projects import Projects
from graph_data.reading.tally import Tally

KEY = AccountKey("990100", "120", 2023)
NAMES = {
    "201": "一般公共服务支出", "20126": "档案事务", "2012604": "档案馆", "2012699": "其他档案事务支出",
    "208": "社会保障和就业支出", "20805": "行政事业单位养老支出", "2080505": "机关事业单位基本养老保险缴费支出",
    "221": "住房保障支出", "22102": "住房改革支出", "2210201": "住房公积金",
}  # fmt: skip
SUBJECTS = [SubjectRecord(KEY, Classification.FUNCTIONAL, code, name) for code, name in NAMES.items()]

Fact = tuple[str, str, str, Decimal | None]


@dataclass(slots=True)
class Phrasing:
    """One case of the file."""

    name: str
    lines: list[str] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    left: int = 0


def phrasings() -> list[Phrasing]:
    found: list[Phrasing] = []
    for line in (Path(__file__).parent / "phrasings.txt").read_text(encoding="utf-8").splitlines():
        mark, _, rest = line.partition(" ")
        if mark == "@":
            found.append(Phrasing(rest))
        elif mark == "=":
            topic, item, role, value = rest.split()
            found[-1].facts.append((topic, item, role, Decimal(value)))
        elif mark == "~":
            found[-1].left = int(rest)
        elif line and mark != "#":
            found[-1].lines.append(rest if mark == ">" else line)
    return found


def told(lines: list[str]) -> tuple[Story, Ledger]:
    blocks = tuple(Paragraph(text, Place(None, number)) for number, text in enumerate(lines, start=1))
    region = Region(RegionKind.PART, None, "第三部分", "第三部分", Place(None, 1), blocks)
    tally = Tally([region], "")
    story = Story(KEY, tally)
    tell(region, list(passages(region)), story, SubjectIndex(SUBJECTS, {}), Projects(()))
    return story, tally.close(KEY, ())


@pytest.mark.parametrize("phrasing", phrasings(), ids=lambda phrasing: phrasing.name)
def test_a_phrasing_gives_what_it_states_and_no_more(phrasing: Phrasing) -> None:
    story, ledger = told(phrasing.lines)
    stated = Counter((f.topic.name, f.item, f.role.name, f.number.value) for f in story.close())
    assert stated == Counter(phrasing.facts)
    assert len(ledger.left_over) == phrasing.left
