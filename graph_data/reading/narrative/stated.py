"""Every other number of the prose, by the cues around it: what it is about by the nearest known words, what it is
by the words right before it and its unit. No grammar for each province: a number in a section of a known topic is
always a fact, under the document's own label where nothing better is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph_data.core import vocabulary as words
from graph_data.core.amount import MONEY_UNITS
from graph_data.core.terms import Role, Topic
from graph_data.reading.narrative.passages import Passage
from graph_data.reading.narrative.quantities import Quantity, quantities
from graph_data.reading.narrative.story import Story

REACH = 12  # how far behind a number the words that it counts may reach: 4个项目开展了部门评价
_AS_OF = re.compile(r"截至(\d{4})年(\d{1,2})月(\d{1,2})日")
_THRESHOLD = re.compile(r"单价$|价值$")
_SHARE = re.compile(r"[,(]?占")
_FALLS = re.compile(rf"(?:{words.DECREASE.pattern})(?:\([^)]*\))?$")
_GRADED = re.compile(r"(?:等级|评级)为[“\"]?(?P<grade>优秀?|良好?|中|差|合格|不合格)")
_ASIDE = re.compile(r"\(不?含[^)]*\)")
_CATEGORY = re.compile(r"([^,;:。、]+?)(?:支出)?\(类\)(?:支出)?$")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a number is about, and the words that say so."""

    item: str
    words: str


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
            subject = _subject(passage, quantity, topic, fixed_item, lead, before)
            if subject is None:
                continue
            claimant = subject.item
            _state(passage, story, topic, quantity, subject, lead, as_of)
        before = (quantity, claimant)


def _subject(
    passage: Passage, quantity: Quantity, topic: Topic, fixed_item: str | None, lead: str,
    before: tuple[Quantity, str] | None,
) -> Subject | None:  # fmt: skip
    """What a number is about; None for one that its section does not explain."""
    role = _role(quantity, lead, topic)
    is_share = role is Role.PERCENT and "占" in lead
    if is_share and before is not None and _SHARE.match(passage.text, before[0].end):
        return Subject(before[1], before[0].label)
    if topic is Topic.SHARE and (role is Role.CHANGE or (quantity.unit == "%" and not is_share)):
        return None
    whole = lead.rpartition("占")[0] if is_share else lead
    label = (quantity.label.rpartition("占")[0] or quantity.label) if is_share else quantity.label
    if fixed_item is not None:
        return Subject(fixed_item, label or role.value)
    found = _shared(whole) if topic is Topic.SHARE else _found(passage, quantity, topic, whole)
    if found is None:
        return None if topic is Topic.SHARE else Subject(label or topic.value, label or topic.value)
    return Subject(found.item, label if label and label not in found.words else found.words)


def _state(
    passage: Passage, story: Story, topic: Topic, quantity: Quantity, subject: Subject, lead: str, as_of: str | None
) -> None:
    role = _role(quantity, lead, topic)
    position = story.position(topic, subject.item, role)
    label = subject.words
    if subject.item == "GRADE":
        label = _grade(lead, _behind(passage.text, quantity)) or label
    falls = role in (Role.CHANGE, Role.CHANGE_PERCENT) and _FALLS.search(lead)
    text = ("-" if falls else "") + quantity.text
    story.state(passage, quantity.start, topic, subject.item, role, position, label, text, quantity.unit, as_of)


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


def _shared(lead: str) -> Subject | None:
    """The 类, source or nature whose share a section of totals states: the last of its clause."""
    category = _CATEGORY.search(lead)
    code = words.FUNCTIONAL_CATEGORIES.get(words.subject_name(category[1])) if category else None
    if category and code:
        return Subject(code, category.group())
    return _mentioned(re.split(r"[,:;。]", lead)[-1], Topic.SHARE)


def _found(passage: Passage, quantity: Quantity, topic: Topic, lead: str) -> Subject | None:
    """The known words just behind a number, else the last before it."""
    behind = _mentioned(_behind(passage.text, quantity), topic) if quantity.unit == "个" else None
    return behind or _mentioned(lead, topic) or _mentioned(passage.text[: quantity.start], topic)


def _behind(text: str, quantity: Quantity) -> str:
    """The words that a number counts: 项目开展了部门评价."""
    return re.split(r"[,。;、]", text[quantity.end : quantity.end + REACH])[0]


def _grade(lead: str, behind: str) -> str | None:
    """The grade that projects are counted for: behind the number, else the last one before it."""
    found = _GRADED.search(behind) or next(iter(reversed(list(_GRADED.finditer(lead)))), None)
    return f"等级为{found['grade']}" if found else None


def _mentioned(text: str, topic: Topic) -> Subject | None:
    """The item whose words end last in a text; of those that end together the longest."""
    text = _ASIDE.sub("", text)
    best: tuple[int, int] | None = None
    found = None
    for pattern, item in words.ITEMS.get(topic, ()):
        for match in pattern.finditer(text):
            rank = (match.end(), -match.start())
            if best is None or rank > best:
                best, found = rank, Subject(item, match.group())
    return found


def _as_of(text: str) -> str | None:
    match = _AS_OF.search(text)
    return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}" if match else None
