"""One wrong word at a time in the text of correct made-up documents: the check of its family tells nearly every one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice

import pytest

from graph_data.checks import examine, message
from graph_data.core.records import Account
from graph_data.core.terms import Severity
from tests.graph_data.checks.examining import PLAIN, document, read_text
from tests.made_up import make

pytestmark = pytest.mark.slow

SEEDS = (3, 21, 34, 47)
A_DOCUMENT = 4  # faults of a family
REQUIRED = 0.95
Planter = Callable[[str], Iterator[str]]


def swapped(pattern: str, make_wrong: Callable[[re.Match[str]], str], after: str = "第三部分\n") -> Planter:
    """Each place that a pattern matches behind a heading, changed by itself."""

    def plant(text: str) -> Iterator[str]:
        start = text.rindex(after)
        for match in re.finditer(pattern, text):
            if match.start() > start:
                yield text[: match.start()] + make_wrong(match) + text[match.end() :]

    return plant


DIRECTIONS = {"增加": "减少", "减少": "增加", "大于": "小于", "小于": "大于"}
FAMILIES: dict[str, tuple[str, Planter]] = {
    "a direction against its amounts": (
        "prose.directions",
        swapped(r"决算数(大于|小于)年初预算数", lambda found: f"决算数{DIRECTIONS[found[1]]}年初预算数"),
    ),
    "more or less than last year": (
        "prose.growth",
        swapped(r"项目支出[\d,.]+万元。与2021年度相比，(增加|减少)|基本支出[\d,.]+万元。与2021年度相比，(增加|减少)",
                lambda found: found[0][:-2] + DIRECTIONS[found[0][-2:]]),
    ),
    "a form of words that was not filled in": (
        "prose.template", swapped(r"主要是任务安排有所变化", lambda _: "主要是项目增加（减少）所致"),
    ),
    "a name that was not filled in": (
        "prose.template", swapped(r"（二） (?=收入决算具体|支出决算具体|一般公共)", lambda found: f"XX局{found[0]}"),
    ),
    "another section than that of the subject": (
        "prose.subjects",
        swapped(r"（类）行政事业单位(?:养老支出|医疗)（款）", lambda _: "（类）退役安置（款）"),
    ),
    "an attachment that is not there": (
        "document.references",
        lambda text: swapped(r"任务按计划推进", lambda _: "任务按计划推进，指标见附件9")(
            text.replace("附件\n\n2022", "附件\n\n附件 4\n\n2022")
        ),
    ),
    "a budget of nothing that was completed": (
        "prose.completion",
        swapped(r"年初预算为[\d,.]+(万元，支出决算为[1-9])", lambda found: f"年初预算为0{found[1]}"),
    ),
    "stocks of an earlier year": (
        "document.bodies", swapped(r"截至2022年12月31日", lambda _: "截至2021年12月31日"),
    ),
    "vehicles by use beyond all": (
        "prose.vehicles", swapped(r"用车(\d+)辆", lambda found: f"用车{int(found[1]) + 3}辆"),
    ),
    "kinds of procurement that do not make it up": (
        "prose.procurement", swapped(r"货物支出([\d,]+)\.", lambda found: f"货物支出9{found[1]}."),
    ),
}  # fmt: skip


def told(account: Account, check: str) -> set[str]:
    """What the check of the family says, and whatever is said above an observation: a wrong total is told once."""
    findings = (finding for entry in examine(account) for finding in entry.findings)
    return {message(each) for each in findings if each.check == check or each.severity is not Severity.INFO}


@pytest.mark.parametrize("family", FAMILIES)
def test_nearly_every_wrong_word_of_a_family_is_told(family: str) -> None:
    check, plant = FAMILIES[family]
    planted, missed = 0, []
    for seed in SEEDS:
        made, right = make(seed, PLAIN), told(document(seed, PLAIN), check)
        for wrong in islice(plant(made.text), A_DOCUMENT):
            planted += 1
            if not told(read_text(made, wrong), check) - right:
                missed.append((seed, [each for each in wrong.split("\n") if each not in made.text][:2]))
    assert planted >= len(SEEDS)
    assert len(missed) / planted <= 1 - REQUIRED, missed
