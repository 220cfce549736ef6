"""What prose states of totals and their parts: amount, change against last year, share, budget and completion.

A passage is read as statements. Each opens with what it is about (the last mention in a number's own clause) and holds
the numbers that follow until something else is named; what stands in brackets is a statement of its own, after which
the one before goes on. A number about something unknown belongs to no statement and is left for the ledger.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from graph_data.core import vocabulary as words
from graph_data.core.records import BudgetDeviationRecord, ComparisonRecord
from graph_data.core.terms import DeviationReason, Direction, Measure, Role, Topic
from graph_data.reading.narrative.cues import BUDGETS, CHANGES, Base, Cue, flat_at, subject_words, without_base
from graph_data.reading.narrative.mentions import Mention, mentions
from graph_data.reading.narrative.passages import Passage
from graph_data.reading.narrative.quantities import GENERIC, WINDOW, bare
from graph_data.reading.narrative.story import TOTAL, Story
from graph_data.reading.narrative.subjects import SubjectIndex

WHOLE = frozenset(
    {"GENERAL_PUBLIC_BUDGET", "APPROPRIATION_EXPENDITURE", "EXPENDITURE_TOTAL", "EXPENDITURE_GRAND_TOTAL"}
)
BUDGETED = (*BUDGETS, Role.FINAL, Role.COMPLETION_PERCENT)
_DIRECTION = re.compile(r"决算数?(?P<word>小于|大于|低于|高于|等于)|(?P<flat>持平)")
_REASON = re.compile(r"原因(?:是|为|:)?(?P<reason>[^。]*)")
_SENTENCE = re.compile(r"[,。;:]")
_OPENING = re.compile(r"^(?:\d{1,2}[、.])?(?:.*?\d{4}年度?)?|(?:均?为|共计|是)$")
_ADJACENT = frozenset({"。", ",", ":"})
_OWN_YEAR = re.compile(r"(?:本|当)年度?支出$")


@dataclass(slots=True)
class Statement:
    """What a passage states of one thing, in the order of its words; `mention` None for a whole that is not named."""

    mention: Mention | None
    name: str
    cues: list[Cue] = field(default_factory=list)
    flat: int | None = None

    def first(self, role: Role, base: Base | None = None) -> Cue | None:
        """Its number of a role; of a change, the one from a base."""
        return next((cue for cue in self.cues if cue.role is role and (base is None or cue.base is base)), None)

    def has(self, *roles: Role) -> bool:
        return any(cue.role in roles for cue in self.cues)


def read(passage: Passage, told: Sequence[Cue], story: Story, subjects: SubjectIndex, topic: Topic) -> None:
    """State what a passage says of totals; of the three public expenses only what is compared with last year."""
    if topic not in (Topic.SHARE, Topic.BASIC_EXPENDITURE, Topic.THREE_PUBLIC):
        return
    found = statements(passage, told, subjects)
    for number, one in enumerate(found):
        if topic is Topic.THREE_PUBLIC:
            if _is_compared_public(one):
                _compare(passage, story, one)
            continue
        end = found[number + 1].cues[0].start if number + 1 < len(found) else len(passage.text)
        is_compared = _compare(passage, story, one)
        _deviate(passage, story, one, subjects, end)
        if topic is Topic.SHARE and one.mention is not None:
            _share(passage, story, one, is_compared)


def statements(passage: Passage, told: Sequence[Cue], subjects: SubjectIndex) -> list[Statement]:
    """The statements of a passage in order."""
    named = mentions(passage, subjects)
    found = Found()
    open_at: dict[int, Statement | None] = {}
    last, several = 0, False
    at_once: list[Statement] = []
    for cue in told:
        if cue.is_aside or cue.role is None:
            continue
        open_at = {depth: one for depth, one in open_at.items() if depth <= cue.depth}
        now = open_at[max(open_at)] if open_at else None
        mention = _mention(passage.text, cue, named, last)
        if "。" in passage.text[last : cue.start + 1]:
            several, at_once = len(at_once) > 1, []
        several = several and mention is None
        if several and cue.role in (*CHANGES, Role.PRIOR_YEAR):
            now = None  # of which of them it is, the sentence before does not tell
        statement = _belongs(passage.text, cue, mention, now, found, subjects)
        last = cue.quantity.end
        if statement is not None:
            found.put(statement, cue)
            if not any(statement is one for one in at_once):
                at_once.append(statement)
        if statement is not None or cue.role not in (Role.PERCENT, Role.COUNT):
            open_at[cue.depth] = statement
    for start, _ in flat_at(passage.text):
        found.level(passage.text, start)
    return found.statements


class Found:
    """The statements of a passage so far, the last of each item at hand."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self._ends: list[int] = []
        self._owners: list[Statement] = []
        self._of: dict[str, Statement] = {}

    def put(self, one: Statement, cue: Cue) -> None:
        """Add a number to a statement, which may be a new one."""
        if not one.cues:
            self.statements.append(one)
            self._of |= dict.fromkeys(one.mention.items if one.mention else (), one)
        one.cues.append(cue)
        self._ends.append(cue.quantity.end)
        self._owners.append(one)

    def last(self, mention: Mention) -> Statement | None:
        """The last statement of any of the same items."""
        return next((self._of[item] for item in mention.items if item in self._of), None)

    def level(self, text: str, at: int) -> None:
        """What was stated last before a place, in this sentence or the one before, is level with last year."""
        number = bisect_right(self._ends, at)
        if number and text.count("。", self._ends[number - 1], at) <= 1:
            self._owners[number - 1].flat = at


def _mention(text: str, cue: Cue, named: Sequence[Mention], last: int) -> Mention | None:
    """What a number's own clause names last, or the clause right before it; behind 占 stands the whole, not the part.

    Where the clause names nothing at all, of a budget: the subject that was named since the number before, at `last`.
    """
    stop = cue.quantity.start
    if cue.role is Role.PERCENT and "占" in cue.words:
        stop = cue.start + cue.words.rindex("占")
    at = bisect_right(named, stop, key=lambda mention: mention.end)
    if cue.rank[1] > 1:
        listed = named[max(0, at - 3 * cue.rank[1]) : at]
        if cue.role not in (*CHANGES, Role.PERCENT):
            listed = [one for one in listed if one.end > cue.start]
        return _listed(listed, *cue.rank)
    mention = named[at - 1] if at else None
    if mention is None or mention.end > cue.start:
        return mention
    if cue.role in BUDGETED and bare(subject_words(cue)) in GENERIC:
        while at and named[at - 1].end > last:
            if named[at - 1].subject is not None:
                return named[at - 1]
            at -= 1
    between = text[mention.end : cue.start]
    return mention if (without_base(between) if cue.role in CHANGES else between) in _ADJACENT else None


def _listed(named: Sequence[Mention], place: int, count: int) -> Mention | None:
    """What a number of a list is about: as many mentions as numbers stand before the list."""
    apart: list[Mention] = []
    for mention in reversed(named):
        if not apart or mention.end <= apart[-1].start:
            apart += [replace(mention, items=(item,)) for item in reversed(mention.items)]
        if len(apart) >= count:
            return apart[count - 1 - place]
    return apart[0] if len(apart) == 1 else None


def _belongs(
    text: str, cue: Cue, mention: Mention | None, now: Statement | None, found: Found, subjects: SubjectIndex
) -> Statement | None:
    """The statement that a number belongs to, new where it opens one; None where it is about nothing known."""
    role = cue.role
    if role in CHANGES:
        return _changed(cue, mention, now, found)
    if role is Role.PERCENT and not ("占" in cue.words or "比" in cue.words):
        return None
    if role not in (Role.AMOUNT, Role.PRIOR_YEAR, Role.PERCENT, *BUDGETED):
        return None
    label = bare(subject_words(cue))
    is_awaited = role is Role.FINAL and now is not None and now.has(*BUDGETS) and not now.has(Role.FINAL)
    if mention is not None and is_awaited and _OWN_YEAR.search(mention.words):
        mention = None
    if mention is not None:
        same = now is not None and now.mention is not None and now.mention.items == mention.items
        return now if same and now is not None and not now.has(cue.role or Role.AMOUNT) else Statement(mention, "")
    if role is Role.PERCENT:
        return now
    if label not in GENERIC:
        return _unnamed(label, subjects) if role in BUDGETED else None
    if role is Role.AMOUNT:
        return None
    if now is None:
        return _opening(text, cue, subjects) if role in BUDGETED else None
    if _is_rate_of(cue, now.cues[-1]):
        return now
    return Statement(now.mention, now.name) if now.has(cue.role or Role.AMOUNT) else now


def _is_rate_of(cue: Cue, budget: Cue) -> bool:
    """Is it the completion of the budget right before it (完成调整预算90万元的98%)?"""
    is_rate = cue.role is Role.COMPLETION_PERCENT and cue.words == "的"
    return is_rate and budget.role in BUDGETS and budget.quantity.end == cue.start


def _opening(text: str, cue: Cue, subjects: SubjectIndex) -> Statement:
    """A budget whose clause names nothing: of what the clause before it says (1.档案馆。), else of the whole."""
    before = _SENTENCE.split(text[max(0, cue.start - WINDOW) : cue.start].rstrip("。,;:"))[-1]
    label = bare(words.unnumbered(before))
    return Statement(None, TOTAL) if label in GENERIC else _unnamed(label, subjects)


def _unnamed(label: str, subjects: SubjectIndex) -> Statement:
    """A budget of what no mention names: of the subject with just that name, else of the document's own label."""
    code = subjects.bare(label)
    return Statement(None, code or label)


def _changed(cue: Cue, mention: Mention | None, now: Statement | None, found: Found) -> Statement | None:
    """The statement that a change belongs to: the last of the same items; where none are named, the one before."""
    if mention is None:
        return now if bare(subject_words(cue)) in GENERIC else None
    same = found.last(mention)
    is_stated = same is not None and any(one.role is cue.role and one.base is cue.base for one in same.cues)
    return Statement(mention, "") if same is None or is_stated else same


def _is_compared_public(one: Statement) -> bool:
    """Is it all three public expenses against last year? With their budget they are read item by item."""
    is_all = one.mention is not None and one.mention.items == ("THREE_PUBLIC",)
    return is_all and one.has(Role.AMOUNT, Role.FINAL) and not one.has(*BUDGETS, Role.COMPLETION_PERCENT)


def _compare(passage: Passage, story: Story, one: Statement) -> bool:
    """State a comparison with last year; False where there is none."""
    amount = one.first(Role.AMOUNT) or one.first(Role.FINAL)
    prior, change = one.first(Role.PRIOR_YEAR), _since_last_year(one, Role.CHANGE)
    stated = [cue for cue in (amount, prior, change, _since_last_year(one, Role.CHANGE_PERCENT)) if cue is not None]
    is_compared = one.flat is not None or len(stated) > (amount is not None)
    if one.mention is None or not is_compared or (one.mention.measure is None and change is None):
        return False
    label = _label(passage, amount) if amount else one.mention.words
    for item in one.mention.items:
        position = story.position(Topic.YEAR_COMPARISON, item, *(role for cue in stated if (role := cue.role)))
        for cue in stated:
            role = Role.AMOUNT if cue is amount else cue.role
            _state(passage, story, replace(cue, role=role), Topic.YEAR_COMPARISON, item, position, label)
        is_spent = item == "EXPENDITURE_GRAND_TOTAL"
        measure = Measure.EXPENDITURE_WITH_CARRYOVER if is_spent else one.mention.measure
        if measure is None or amount is None or not (change or one.flat is not None):
            continue
        direction = Direction.FLAT if change is None else Direction.DECREASE if change.falls else Direction.INCREASE
        start = one.flat if change is None else change.base_start or change.quantity.start
        source = passage.source(start or 0, label)
        record = ComparisonRecord(story.account, item, position, label, measure, direction, source)
        story.comparisons.append(record)
    return True


def _since_last_year(one: Statement, role: Role) -> Cue | None:
    found = one.first(role, Base.LAST_YEAR)
    if found is None and one.has(Role.PRIOR_YEAR):
        found = next((cue for cue in one.cues if cue.role is role and cue.base is None), None)
    return found


def _label(passage: Passage, cue: Cue) -> str:
    """What the document calls an amount: its clause, without numbering, name and year."""
    start = cue.quantity.start
    return _OPENING.sub("", _SENTENCE.split(passage.text[max(0, start - WINDOW) : start])[-1])


def _state(passage: Passage, story: Story, cue: Cue, topic: Topic, item: str, position: int, label: str) -> None:
    role = cue.role or Role.AMOUNT
    text = ("-" if cue.falls else "") + cue.quantity.text
    story.state(passage, cue.quantity.start, topic, item, role, position, label, text, cue.quantity.unit)


def _deviate(passage: Passage, story: Story, one: Statement, subjects: SubjectIndex, end: int) -> None:
    """State budget against final amount, once for each budget (年初, 全年) that a statement gives, and what it says
    that the final amount is above or below it."""
    final = one.first(Role.FINAL) or one.first(Role.AMOUNT)
    rates = [cue for cue in one.cues if cue.role is Role.COMPLETION_PERCENT]
    item, code, label = _deviating(one, subjects, final)
    budgets = [cue for role in BUDGETS if (cue := one.first(role)) is not None]
    position = story.position(Topic.BUDGET_DEVIATION, item, *BUDGETED, *CHANGES)
    is_alone = not budgets and (bool(rates) or _is_of_subject(passage, one, end))
    for number, budget in enumerate([None] if is_alone else budgets):
        rate = next((cue for cue in rates if _budget_of(cue, budgets) is budget), None)
        stated = [cue for cue in (budget, final, rate) if cue is not None]
        for cue in stated:
            named = replace(cue, role=Role.FINAL) if cue is final else cue
            _state(passage, story, named, Topic.BUDGET_DEVIATION, item, position + number, label)
        if budget is None or final is None:
            continue
        rest = passage.text[max(cue.quantity.end for cue in one.cues) : end] if budget is budgets[-1] else ""
        source = passage.source(passage.text.rfind("预算", 0, budget.quantity.start) - len("年初"), label)
        story.deviations.append(BudgetDeviationRecord(
            story.account, item, position + number, code, _direction(rest), _reasons(rest), source
        ))  # fmt: skip
    for cue in one.cues:
        if cue.role in CHANGES and cue.base in (Base.INITIAL_BUDGET, Base.BUDGET):
            _state(passage, story, cue, Topic.BUDGET_DEVIATION, item, position, f"{label}较{cue.base.value}")


def _is_of_subject(passage: Passage, one: Statement, end: int) -> bool:
    """Does a statement give the final amount of a subject and speak of a budget without giving it (年初无预算)?"""
    is_subject = one.mention is not None and one.mention.subject is not None
    return is_subject and one.has(Role.FINAL) and "预算" in passage.text[one.cues[0].start - len("年初无预算,") : end]


def _budget_of(rate: Cue, budgets: Sequence[Cue]) -> Cue | None:
    """Which of the stated budgets a rate is of: the one right before it, the one that its words name, else the last."""
    before = next((budget for budget in budgets if _is_rate_of(rate, budget)), None)
    if before is not None:
        return before
    wanted = Role.INITIAL_BUDGET if "年初" in rate.words else Role.BUDGET
    return next((cue for cue in budgets if cue.role is wanted), budgets[-1] if budgets else None)


def _deviating(one: Statement, subjects: SubjectIndex, final: Cue | None) -> tuple[str, str | None, str]:
    """The item of a deviation, its subject's code (by name, else by what it spent), and what to call it."""
    mention = one.mention
    if mention is None:
        is_whole = one.name == TOTAL
        return one.name, one.name if one.name.isdigit() else None, "支出合计" if is_whole else one.name
    if mention.subject is None:
        is_whole = mention.items[0] in WHOLE
        return (TOTAL, None, "支出合计") if is_whole else (mention.items[0], None, mention.words)
    code = mention.subject.code
    if code is None and final is not None and final.quantity.number().fen:
        code = subjects.by_amount(mention.subject, final.quantity.number().fen or 0)
    return code or mention.subject.name, code, mention.subject.name


def _direction(text: str) -> Direction | None:
    match = _DIRECTION.search(text)
    if match is None:
        return None
    if match["flat"] or match["word"] == "等于":
        return Direction.FLAT
    return Direction.INCREASE if match["word"] in ("大于", "高于") else Direction.DECREASE


def _reasons(text: str) -> tuple[DeviationReason, ...]:
    match = _REASON.search(text)
    if match is None:
        return (DeviationReason.ON_BUDGET,) if "持平" in text else ()
    found = tuple(reason for pattern, reason in words.REASONS if pattern.search(match["reason"]))
    return found or (DeviationReason.OTHER,)


def _share(passage: Passage, story: Story, one: Statement, is_compared: bool) -> None:
    """State an amount that is compared with nothing, and the share that it is said to be."""
    amount, percent = one.first(Role.AMOUNT) or one.first(Role.FINAL), one.first(Role.PERCENT)
    mention = one.mention
    if mention is None:
        return
    if amount is not None and not is_compared and story.claimant(passage, amount.quantity.start) is None:
        _say(passage, story, amount, mention, amount.quantity.label)
    if percent is not None:
        label = percent.quantity.label
        _say(
            passage,
            story,
            percent,
            mention,
            label.rpartition("占")[0] or label if amount is None else amount.quantity.label,
        )


def _say(passage: Passage, story: Story, cue: Cue, mention: Mention, label: str) -> None:
    label = label if label and label not in mention.words else mention.words
    role = Role.PERCENT if cue.role is Role.PERCENT else Role.AMOUNT
    for item in mention.items:
        position = story.position(Topic.SHARE, item, role)
        _state(passage, story, replace(cue, role=role), Topic.SHARE, item, position, label)
