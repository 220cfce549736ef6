"""Every other number of the prose, by the cues around it: what it is about by the nearest known words, what it is
by the words right before it and its unit. No grammar for each province: a number in a section of a known topic is
always a fact, under the document's own label where nothing better is known.
"""

from __future__ import annotations

import re

from graph_data import vocabulary as words
from graph_data.amount import MONEY_UNITS
from graph_data.reading.narrative.passages import Passage
from graph_data.reading.narrative.quantities import Quantity, quantities
from graph_data.reading.narrative.story import Story
from graph_data.terms import Role, Topic

REACH = 12  # how far behind a number the words that it counts may reach: 4个项目开展了部门评价
_AS_OF = re.compile(r"截至(\d{4})年(\d{1,2})月(\d{1,2})日")
_THRESHOLD = re.compile(r"单价$|价值$")
_SHARE = re.compile(r"[,(]?占")
_FALLS = re.compile(rf"(?:{words.DECREASE.pattern})(?:\([^)]*\))?$")
_GRADED = re.compile(r"(?:等级|评级)为[“\"]?(?P<grade>优秀?|良好?|中|差|合格|不合格)")
_ASIDE = re.compile(r"\(不?含[^)]*\)")
_CATEGORY = re.compile(r"([^,;:。、]+?)(?:支出)?\(类\)(?:支出)?$")


def read(passage: Passage, story: Story, topic: Topic, fixed_item: str | None = None) -> None:
    """State the numbers of a passage of one topic that nobody has claimed; `fixed_item` where all are about one."""
    as_of = _as_of(passage.text)
    before: tuple[Quantity, str] | None = None
    for quantity in quantities(passage.text):
        claimant = story.claimant(passage, quantity.start)
        lead = _lead(passage.text, quantity.start)
        if claimant is None and _THRESHOLD.search(lead):
            story.claim(passage, quantity.start, "threshold")
            continue
        if claimant is None:
            claimant = _state(passage, story, topic, fixed_item, quantity, lead, before, as_of)
        before = (quantity, claimant) if claimant else before


def _state(
    passage: Passage, story: Story, topic: Topic, fixed_item: str | None, quantity: Quantity, lead: str,
    before: tuple[Quantity, str] | None, as_of: str | None,
) -> str | None:  # fmt: skip
    """State one number and return what it is about; None for one that stays unrecognised."""
    role = _role(quantity, lead, topic)
    label = quantity.label
    share = role is Role.PERCENT and "占" in lead
    if share and before is not None and _SHARE.match(passage.text, before[0].end):
        item, label = before[1], before[0].label
    else:
        label = label.rpartition("占")[0] or label if share else label
        item = fixed_item or _item(passage, quantity, topic, lead.rpartition("占")[0] if share else lead)
    if topic is Topic.SHARE and (item == quantity.label or role is Role.CHANGE or (quantity.unit == "%" and not share)):
        return None
    falls = role in (Role.CHANGE, Role.CHANGE_PERCENT) and _FALLS.search(lead)
    position = story.position(topic, item, role)
    if item == "GRADE":
        label = _grade(lead, _behind(passage.text, quantity)) or label
    text = ("-" if falls else "") + quantity.text
    story.state(passage, quantity.start, topic, item, role, position, label or item, text, quantity.unit, as_of)
    return item


def topic_of(passage: Passage) -> Topic:
    """The topic of a passage by its headings; what has none is about totals and shares."""
    for text in (passage.heading, passage.subheading):
        for pattern, topic in words.TOPICS:
            if pattern.search(text):
                return topic
    return Topic.SHARE


def _lead(text: str, start: int) -> str:
    """The words of the sentence before a number."""
    return re.split(r"[。;]", text[:start])[-1]


def _role(quantity: Quantity, lead: str, topic: Topic) -> Role:
    clause = re.split(r"[,:]", lead)[-1]
    role = next((role for pattern, role in words.ROLES if pattern.search(clause)), None)
    if quantity.unit == "%":
        return Role.CHANGE_PERCENT if role is Role.CHANGE else role or Role.PERCENT
    if quantity.unit not in MONEY_UNITS:
        return Role.SCORE if quantity.unit == "分" else Role.COUNT
    if topic is Topic.THREE_PUBLIC:
        return role if role in (Role.BUDGET, Role.CHANGE) else Role.FINAL
    return Role.CHANGE if role is Role.CHANGE else Role.AMOUNT


def _item(passage: Passage, quantity: Quantity, topic: Topic, lead: str) -> str:
    """What a number is about: the words just behind it, else the last known words before it, else its own label."""
    if topic is Topic.SHARE:
        category = _CATEGORY.search(lead)
        code = words.FUNCTIONAL_CATEGORIES.get(words.subject_name(category[1])) if category else None
        return code or _mentioned(re.split(r"[,:;。]", lead)[-1], topic) or quantity.label
    if quantity.unit == "个" and (item := _mentioned(_behind(passage.text, quantity), topic)) is not None:
        return item
    earlier = passage.text[: quantity.start]
    return _mentioned(lead, topic) or _mentioned(earlier, topic) or quantity.label or topic.name


def _behind(text: str, quantity: Quantity) -> str:
    """The words that a number counts: 项目开展了部门评价."""
    return re.split(r"[,。;、]", text[quantity.end : quantity.end + REACH])[0]


def _grade(lead: str, behind: str) -> str | None:
    """The grade that projects are counted for: behind the number, else the last one before it."""
    found = _GRADED.search(behind) or next(iter(reversed(list(_GRADED.finditer(lead)))), None)
    return f"等级为{found['grade']}" if found else None


def _mentioned(text: str, topic: Topic) -> str | None:
    """The item whose words end last in a text; of those that end together the longest."""
    text = _ASIDE.sub("", text)
    best: tuple[int, int] | None = None
    found = None
    for pattern, item in words.ITEMS.get(topic, ()):
        for match in pattern.finditer(text):
            rank = (match.end(), -match.start())
            if best is None or rank > best:
                best, found = rank, item
    return found


def _as_of(text: str) -> str | None:
    match = _AS_OF.search(text)
    return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}" if match else None
