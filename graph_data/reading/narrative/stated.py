"""Every other number of the prose, by the cues around it: what it is about by the nearest known words, what it is
by the words right before it and its unit. No grammar for each province: a number in a section of a known topic is
always a fact, under the document's own label where nothing better is known.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph_data.core import vocabulary as words
from graph_data.core.amount import MONEY_UNITS
from graph_data.core.terms import Role, Topic
from graph_data.reading.narrative.cues import BUDGETS, CHANGES, Base, Cue, subject_words
from graph_data.reading.narrative.passages import Passage
from graph_data.reading.narrative.quantities import GENERIC, WINDOW, Quantity, bare, clause_before
from graph_data.reading.narrative.story import TOTAL, Story

MAX_LIST = 20  # things that a list names before their numbers
REACH = 12  # how far behind a number the words that it counts may reach: 4个项目开展了部门评价
OPENING = 60
SPENT = (Topic.THREE_PUBLIC, Topic.MEETINGS_AND_TRAINING)
WITH_REASONS = (*SPENT, Topic.AGENCY_OPERATING, Topic.PROCUREMENT)
_STATED = re.compile(r"\d[\d,.]{0,20}(?:[亿万]?元|%|[个辆台套次批人项])")
_AS_OF = re.compile(r"截[至止](\d{4})年(\d{1,2})月(\d{1,2})日")
_THRESHOLD = re.compile(r"(?:单价|单位价值|价值|单台)$")
_ABOVE = re.compile(r"\(含|及?以上")
_AREA = frozenset({"平方米", "米", "户", "间"})
_SHARE = re.compile(r"[,(]?占")
_LEAD = re.compile(r"^.*?(?:原因|主要(?=[是系由因]))(?:是|为|系|由于|因)?|^(?:其中|[一二三四五六七八九]是)")
_GRADED = re.compile(r"(?:等级|评级)为[“\"]?(?P<grade>优秀?|良好?|中|差|合格|不合格)")
_ASIDE = re.compile(r"\(不?含[^()]*\)")
_TOTALS = re.compile(r"收入|支出|收支")
_SUM = re.compile(r"^(?:以上|上述|[一二三四两]项)?(?:合计|共计|总计)")
_BUDGET = re.compile(r"(?:全年|年初|调整后?)预算数?")
_ELSEWHERE = ((re.compile("会议费"), "MEETINGS"), (re.compile("培训费"), "TRAINING"))


@dataclass(frozen=True, slots=True)
class Subject:
    """What a number is about, and the words that say so."""

    topic: Topic
    item: str
    words: str


def read(
    passage: Passage, told: Sequence[Cue], story: Story, topic: Topic, fixed_item: str | None = None
) -> None:  # fmt: skip
    """State the numbers of a passage of one topic that nobody has claimed; `fixed_item` where all are about one."""
    as_of = _as_of(passage.text)
    before: tuple[Quantity, Subject] | None = None
    mentioned = Mentioned(passage.text, topic)
    around: Cue | None = None
    last: Cue | None = None
    whole: Subject | None = None
    for found in told:
        cue = found
        is_part = around is not None and cue.role is Role.AMOUNT and _is_part(passage.text, around, cue)
        if around is not None and is_part:
            cue = replace(cue, role=around.role)
        elif around is None or cue.depth <= around.depth:
            around = cue
        quantity = cue.quantity
        claimant = story.claimant(passage, quantity.start)
        about = mentioned.at(cue)
        if claimant is not None:
            before = (quantity, Subject(topic, claimant, claimant))
            continue
        if _THRESHOLD.search(cue.words) and _ABOVE.match(passage.text, quantity.end):
            story.claim(passage, quantity.start, "threshold")
        elif cue.role is not None and not (
            cue.is_aside and topic in WITH_REASONS and quantity.unit in (*MONEY_UNITS, "%")
        ):
            subject = _subject(passage, cue, topic, fixed_item, about, before)
            if fixed_item is None:
                subject = _narrowed(cue, subject, whole if is_part else None, last)
            _state(passage, story, cue, subject, as_of)
            before = (quantity, subject)
            if cue is around:
                whole = subject
            last = cue


def _narrowed(cue: Cue, subject: Subject, whole: Subject | None, last: Cue | None) -> Subject:
    """What a number is about where its place says more than the words before it: a part in brackets right behind its
    `whole`, a change from a budget, or one from last year of the budget that stands right before."""
    if whole is not None and whole.item == subject.item and cue.quantity.unit in MONEY_UNITS and cue.quantity.label:
        return Subject(subject.topic, cue.quantity.label, cue.quantity.label)
    if cue.role not in CHANGES or cue.base is None:
        return subject
    if cue.base is not Base.LAST_YEAR:
        is_said = "预算" in subject.words
        return subject if is_said else replace(subject, words=f"较{cue.base.value}{subject.words}")
    if last is not None and last.role in BUDGETS and (cue.base_start or 0) >= last.quantity.end:
        label = f"{last.quantity.label}{bare(subject_words(cue))}"
        return Subject(subject.topic, label, label)
    return subject


def read_reasons(passage: Passage, told: Sequence[Cue], story: Story) -> None:
    """State the money and rates that a passage gives as reasons, each under the document's own label and no other:
    what they are about is narrower than what they explain."""
    for cue in told:
        quantity = cue.quantity
        is_free = cue.is_aside and cue.role is not None and story.claimant(passage, quantity.start) is None
        if is_free and quantity.unit in (*MONEY_UNITS, "%"):
            label = _LEAD.sub("", bare(subject_words(cue)) or clause_before(passage.text, cue.start)) or quantity.label
            _state(passage, story, cue, Subject(Topic.REASON, label, label), None)


def _is_part(text: str, around: Cue, cue: Cue) -> bool:
    """Does a number stand in the brackets that open right behind another, so that it is a part of that?"""
    return cue.depth > around.depth and text.startswith("(", around.quantity.end)


class Mentioned:
    """What a passage names of a topic, asked for each of its numbers in turn; what brackets with numbers or (不)含
    name is forgotten behind them."""

    def __init__(self, text: str, topic: Topic) -> None:
        self._text, self._topic = text, topic
        found = [(m.end(), -m.start(), topic, item, m.group())
                 for pattern, item in words.ITEMS.get(topic, ()) for m in pattern.finditer(text)]  # fmt: skip
        if topic is Topic.THREE_PUBLIC:
            found += [(m.end(), -m.start(), Topic.MEETINGS_AND_TRAINING, item, m.group())
                      for pattern, item in _ELSEWHERE for m in pattern.finditer(text)]  # fmt: skip
        self._found = sorted(found, key=lambda one: one[:2])
        self._next = 0
        self._asides = [match.span() for match in _ASIDE.finditer(text)]
        self._open: list[list[Subject]] = [[]]

    def at(self, cue: Cue) -> Subject | None:
        """The last that is named before a number, or before 占 where the number is a share."""
        stop = cue.quantity.start
        if cue.role is Role.PERCENT and "占" in cue.words:
            stop = max(cue.start + cue.words.rindex("占"), 0)
        while len(self._open) <= cue.depth:
            self._open.append([])
        self._take(stop, cue.depth)
        del self._open[cue.depth + 1 :]
        behind = self._behind(cue.quantity) if cue.quantity.unit == "个" else None
        names = [one for level in self._open for one in level]
        place, count = cue.rank
        if count > 1 and len(names) >= count:
            return names[len(names) - count + place]
        return behind or (names[-1] if names else None)

    def _take(self, stop: int, depth: int) -> None:
        while self._next < len(self._found) and self._found[self._next][0] <= stop:
            end, begin, topic, item, text = self._found[self._next]
            self._next += 1
            aside = bisect_right(self._asides, (-begin, 0)) - 1
            if aside >= 0 and end <= self._asides[aside][1] <= stop:
                continue
            level = self._open[depth]
            if level and level[-1].item == item:
                level.pop()
            level.append(Subject(topic, item, text))
            del level[:-MAX_LIST]

    def _behind(self, quantity: Quantity) -> Subject | None:
        """The last that the words behind a number name."""
        behind = _behind(self._text, quantity)
        best: tuple[int, int, str, str] | None = None
        for pattern, item in words.ITEMS.get(self._topic, ()):
            for match in pattern.finditer(behind):
                best = max(best or (0, 0, "", ""), (match.end(), -match.start(), item, match.group()))
        return Subject(self._topic, best[2], best[3]) if best else None


def _subject(
    passage: Passage, cue: Cue, topic: Topic, fixed_item: str | None, about: Subject | None,
    before: tuple[Quantity, Subject] | None,
) -> Subject:  # fmt: skip
    """What a number is about, under the document's own words where they say more than the known ones."""
    quantity = cue.quantity
    is_share = cue.role is Role.PERCENT and "占" in cue.words
    if is_share and before is not None and _SHARE.match(passage.text, before[0].end):
        return Subject(before[1].topic, before[1].item, before[0].label)
    label = (quantity.label.rpartition("占")[0] or quantity.label) if is_share else quantity.label
    label = "" if label == "的" else label
    if fixed_item is not None:
        return Subject(topic, fixed_item, label or _role(cue, topic).value)
    if (
        about is None
        or _is_own(passage.text, cue, about, before)
        or (topic is Topic.STATE_ASSETS and quantity.unit in _AREA)
    ):
        return Subject(topic, label or topic.value, label or topic.value)
    return Subject(about.topic, about.item, label if label and label not in about.words else about.words)


def _is_own(text: str, cue: Cue, about: Subject, before: tuple[Quantity, Subject] | None) -> bool:
    """Does a number stand under the document's own words, though something known is named before it: a rate that is
    called one, a part of a total (其中), or the sum of several?"""
    if cue.role is Role.PERCENT:
        return "占" not in cue.words and cue.quantity.label.endswith("率")
    if cue.role is not Role.AMOUNT or about.words in cue.words:
        return False
    if about.item == TOTAL:
        sentence = text[text.rfind("。", 0, cue.start) + 1 : cue.quantity.start]
        return "其中" in sentence and bare(subject_words(cue)) not in GENERIC
    return _SUM.search(cue.words) is not None and before is not None and before[1].item == about.item


def _state(passage: Passage, story: Story, cue: Cue, subject: Subject, as_of: str | None) -> None:
    quantity, role = cue.quantity, _role(cue, subject.topic)
    position = story.position(subject.topic, subject.item, role)
    label = subject.words
    if subject.item == "GRADE":
        lead = passage.text[max(0, quantity.start - WINDOW) : quantity.start]
        label = _grade(re.split(r"[。;]", lead)[-1], _behind(passage.text, quantity)) or label
    text = ("-" if cue.falls else "") + quantity.text
    story.state(passage, quantity.start, subject.topic, subject.item, role, position, label, text, quantity.unit, as_of)


def topic_of(passage: Passage) -> Topic:
    """The topic of a passage: of its heading, where that names one; else of its subheading; else, where both name
    several or are about no totals, of the words that it opens with. What has none is about totals and shares."""
    headings = passage.heading, passage.subheading
    named: Sequence[Topic] = ()
    for heading in headings:
        found = [topic for pattern, topic in words.TOPICS if pattern.search(heading)]
        if len(found) == 1:
            return found[0]
        named = named or found
    if named or not _TOTALS.search("".join(headings)):
        opening = _STATED.split(passage.text, maxsplit=1)[0][:OPENING]
        found = [topic for pattern, topic in words.TOPICS if pattern.search(opening)]
        if found:
            return next((topic for topic in found if topic in named), found[0])
    return named[0] if named else Topic.SHARE


def _role(cue: Cue, topic: Topic) -> Role:
    """A cue's role in a topic: where money is spent on one thing every amount is a final one that is not a budget."""
    role = cue.role or Role.AMOUNT
    if cue.quantity.unit == "%":
        return role if role in (Role.CHANGE_PERCENT, Role.COMPLETION_PERCENT) else Role.PERCENT
    if role in (Role.COUNT, Role.SCORE, Role.CHANGE, Role.AVERAGE, Role.PRIOR_YEAR):
        return role
    is_budget = role in (Role.INITIAL_BUDGET, Role.BUDGET)
    if topic in SPENT:
        return Role.BUDGET if is_budget else Role.FINAL
    return role if is_budget and _BUDGET.search(cue.words) else Role.AMOUNT


def _behind(text: str, quantity: Quantity) -> str:
    """The words that a number counts: 项目开展了部门评价."""
    return re.split(r"[,。;、]", text[quantity.end : quantity.end + REACH])[0]


def _grade(lead: str, behind: str) -> str | None:
    """The grade that projects are counted for: behind the number, else the last one before it."""
    found = _GRADED.search(behind) or next(iter(reversed(list(_GRADED.finditer(lead)))), None)
    return f"等级为{found['grade']}" if found else None


def _as_of(text: str) -> str | None:
    match = _AS_OF.search(text)
    return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}" if match else None
