"""与上年相比: the amount, its change and percentage, for every total and part that the prose compares."""

from __future__ import annotations

import re

from graph_data.core import vocabulary as words
from graph_data.core.records import ComparisonRecord
from graph_data.core.terms import Direction, Measure, Role, Topic
from graph_data.reading.narrative.passages import Passage
from graph_data.reading.narrative.quantities import MONEY, NUMBER
from graph_data.reading.narrative.story import Story

_BASE = r"(?:与|比|较)(?:上年度?|上一年度?|去年|\d{4}年度?)(?:决算数?)?(?:相比)?,?"
_CHANGE = re.compile(
    rf"{_BASE}(?P<again>[^,。;\d]{{0,30}}?)(?:各|均)?(?P<word>增加|减少|增长|下降|降低)"
    rf"(?P<change>{NUMBER})(?P<unit>亿元|万元|元)"
    rf"(?:,(?:增长|下降|降低|减少|增加)(?:\([^)]*\))?(?:了|为)?(?P<percent>{NUMBER})%?)?"
)
_FLAT = re.compile(rf"{_BASE}(?:基本)?(?:保持)?(?:一致|持平|无变化|相同)")
_CURRENT = re.compile(MONEY)
_SENTENCE = re.compile(r"[,。;:]")


def read(passage: Passage, story: Story) -> None:
    """State the comparisons of a passage; one whose subject is not known is left for the ledger."""
    for pattern, is_flat in ((_CHANGE, False), (_FLAT, True)):
        for match in pattern.finditer(passage.text):
            current = _current(passage.text, match.start())
            if current is not None:
                _state(passage, story, match, current, is_flat)


def _current(text: str, start: int) -> re.Match[str] | None:
    """The last amount before the comparison, at most a sentence away."""
    found = None
    for match in _CURRENT.finditer(text, 0, start):
        found = match
    return found if found and text[found.end() : start].count("。") <= 1 else None


def _state(passage: Passage, story: Story, match: re.Match[str], current: re.Match[str], is_flat: bool) -> None:
    label = _SENTENCE.split(passage.text[: current.start()])[-1]
    label = re.sub(r"^(?:\d{1,2}[、.])?(?:.*?\d{4}年度?)?|(?:均?为|共计|是)$", "", label)
    if words.CHANGE.search(label):
        return
    for item, measure in _items(label):
        _state_one(passage, story, match, current, is_flat, item, measure, label)


def _items(label: str) -> tuple[tuple[str, Measure], ...]:
    return next((items for pattern, items in words.COMPARED if pattern.search(label)), ())


def _state_one(
    passage: Passage, story: Story, match: re.Match[str], current: re.Match[str], is_flat: bool,
    item: str, measure: Measure, label: str,
) -> None:  # fmt: skip
    topic = Topic.YEAR_COMPARISON
    position = story.position(topic, item, Role.AMOUNT)
    amount, unit = _split(current.group())
    story.state(passage, current.start(), topic, item, Role.AMOUNT, position, label, amount, unit)
    direction = Direction.FLAT
    if not is_flat:
        falls = bool(words.DECREASE.search(match["word"]))
        direction = Direction.DECREASE if falls else Direction.INCREASE
        sign = "-" if falls else ""
        story.state(passage, match.start("change"), topic, item, Role.CHANGE, position, label,
                    sign + match["change"], match["unit"])  # fmt: skip
        if match["percent"]:
            story.state(
                passage, match.start("percent"), topic, item, Role.CHANGE_PERCENT, position, label,
                sign + match["percent"], "%",
            )  # fmt: skip
    source = passage.source(match.start(), label)
    story.comparisons.append(ComparisonRecord(story.account, item, position, label, measure, direction, source))


def _split(money: str) -> tuple[str, str]:
    unit = next(unit for unit in ("亿元", "万元", "元") if money.endswith(unit))
    return money.removesuffix(unit), unit
