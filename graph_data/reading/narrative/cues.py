"""What each number of a passage is by the words right before it: an amount, a budget, a final amount, a change, its
base, a rate. The words of a clause decide, so that one rule fits every province; what it is about is found elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from enum import Enum

from graph_data.core import vocabulary as words
from graph_data.core.amount import MONEY_UNITS
from graph_data.core.terms import Role
from graph_data.reading.narrative.quantities import Quantity, quantities

BUDGETS = (Role.INITIAL_BUDGET, Role.BUDGET)
CHANGES = (Role.CHANGE, Role.CHANGE_PERCENT)
_CHANGE = words.CHANGE.pattern
_COUNTED = r"(?:数|额|金额|总额|数额)?(?:合计|共计|总计|累计)?(?:分别|各|均)?(?:约?为|是|约|达|的|:)?$"
_EXCEEDS = "大于|高于|多于|超过|超出|小于|低于|少于"
_BASE = re.compile(
    rf"(?:与|比|较|同|对比|{_EXCEEDS})(?P<year>{words.LAST_YEAR})(?:的)?(?:相应)?(?:决算|支出|收入|执行)?数?(?:相比|比较|对比)?"
    r"|(?P<same>同比)"
    rf"|(?:与|比|较|同|{_EXCEEDS})(?:\d{{4}}年度?)?(?:本年度?)?(?P<initial>年初)?(?P<whole>全年|调整后?|当年|年度)?(?:的)?(?:部门|支出|收入)?预算数?(?:相比)?"
)
_CHANGES = re.compile(rf"(?:{_CHANGE})(?:额|幅度?|率|数|比例)?(?:\([^()]{{0,8}}\))?(?:了|约?为|约|达|率为)?$")
_EXCEEDED = re.compile(rf"(?:{_EXCEEDS})[^,。;:]{{0,12}}(?:预算|决算)数?(?:约)?$")
_COMPLETES = re.compile(
    r"(?:完成|达到?|为|执行)(?:了)?[^,。;]{0,20}预算(?:调整)?(?:数|安排|支出|收入|金额|总额|指标)?(?:的比例)?的?(?:比例)?(?:为|达)?$"
    r"|占(?:年初|全年|调整)[^,。;]{0,10}预算[^,。;]{0,4}的?$|(?:完成|执行)率(?:为|是|达到?)?$|^完成(?:了)?$|[较比]年初完成(?:了)?$"
)
_SHARE = re.compile(r"占[^,。;]{0,40}$|(?:比重|比例|占比)(?:分别)?(?:为|是|达)?$")
_INITIAL = re.compile(
    rf"年初(?:安排)?(?:的)?(?:部门|财政|财政拨款|支出|收入){{0,2}}预算(?:安排|批复|支出|收入|资金)?{_COUNTED}"
)
_BUDGET = re.compile(rf"(?<!一般公共)(?<!基金)(?<!经营)预算(?:安排|调整|支出|收入)?{_COUNTED}")
_FINAL = re.compile(rf"(?:决算(?:支出|收入)?|执行|实际支出){_COUNTED}")
_PRIOR = re.compile(
    rf"^(?:而|其中)?(?:与|比|较)?(?:的)?(?P<year>{words.LAST_YEAR})(?:的)?[^,。;\d]{{0,24}}?(?:决算|支出|收入|执行|经费)?(?:数|额|金额)?(?:为|是)?$"
)
_AVERAGE = re.compile(r"(?:[人车]均|平均|每人次?|每[辆批]次?|单车)[^,。;]{0,12}$")
_LIST = re.compile(r"(?:分别|各)(?:为|是|达|有)?$")
_LEVEL = re.compile(
    rf"(?:(?:与|比|较|同)(?:{words.LAST_YEAR})(?:的)?(?:决算|支出|收入)?数?(?:相比)?|同比),?(?:基本)?(?:保持)?{words.FLAT.pattern}"
)
_VERB = re.compile(f"{_CHANGE}|{_EXCEEDS}")
_STOP = re.compile(r"[。;]")
_BREAK = re.compile(r"[,。;:]")
_REASON = re.compile(
    r"(?:主要)?(?:变动|变化|差异|增减|增加|减少|增长|下降)?的?(?:主要)?原因|主要(?:是|系|由于|因)(?!用)"
)
_GOES_ON = re.compile(r"[一二三四五六七八九]是|其[次二三四]|再次|同时|另外|此外")


class Base(Enum):
    """What a change is counted from."""

    LAST_YEAR = "上年"
    INITIAL_BUDGET = "年初预算"
    BUDGET = "全年预算"


@dataclass(frozen=True, slots=True)
class Cue:
    """A number with its role, and the words of its clause, which begin at `start`.

    `base` is what a change is counted from, said at `base_start`; `falls` whether it is one downwards; `depth` how many
    brackets that hold numbers stand around it; `is_aside` whether it stands in a reason, where numbers are about
    something else; `rank` its place in a list (分别为…) and how many that holds, the words of all of them being those
    of the first; `role` None where the words say that it is none of these (个百分点).
    """

    quantity: Quantity
    role: Role | None
    base: Base | None
    falls: bool
    words: str
    start: int
    depth: int
    is_aside: bool
    base_start: int | None = None
    rank: tuple[int, int] = (0, 1)


def cues(text: str, fiscal_year: int) -> list[Cue]:
    """Every quantity of a passage's text as a cue, in order; `fiscal_year` tells a past year from this one."""
    found = list(quantities(text))
    if not found:
        return []
    brackets = _brackets(text, found)
    opened, closed = sorted(left for left, _ in brackets), sorted(right for _, right in brackets)
    breaks = sorted(
        [match.end() for match in _BREAK.finditer(text)] + [quantity.end for quantity in found]
        + [end + 1 for pair in brackets for end in pair]
    )  # fmt: skip
    bases, reasons = _Bases(text), _reasons(text)
    made: list[Cue] = []
    for quantity in found:
        at = quantity.start
        number = bisect_right(breaks, at)
        start = breaks[number - 1] if number else 0
        clause = text[start:at].removesuffix("-")
        before = made[-1] if made else None
        if before is not None and _continues(before, quantity, text):
            made.append(replace(before, quantity=quantity, rank=(before.rank[0] + 1, 1)))
            continue
        role = _role(clause, quantity, before, text, fiscal_year)
        is_change = role in (Role.CHANGE, Role.CHANGE_PERCENT)
        base_start, base = bases.before(at) if is_change else (None, None)
        depth = bisect_right(opened, at) - bisect_right(closed, at)
        reason = bisect_right(reasons, (at, len(text)))
        is_aside = reason > 0 and at < reasons[reason - 1][1]
        falls = is_change and _falls(clause) and bool(quantity.text.strip("0.")) and not quantity.text.startswith("-")
        made.append(Cue(quantity, role, base, falls, clause, start, depth, is_aside, base_start))
    return _ranked(made)


def _continues(before: Cue, quantity: Quantity, text: str) -> bool:
    """Does a number continue the list that the one before stands in?"""
    is_list = _LIST.search(before.words) is not None and before.quantity.unit == quantity.unit
    return is_list and text[before.quantity.end : quantity.start].strip("、,和及与亿万元%") == ""


def _ranked(made: list[Cue]) -> list[Cue]:
    """The cues with how many numbers their lists hold."""
    ranked: list[Cue] = []
    for cue in reversed(made):
        count = ranked[-1].rank[1] if ranked and ranked[-1].rank[0] == cue.rank[0] + 1 else cue.rank[0] + 1
        ranked.append(cue if cue.rank[1] == count else replace(cue, rank=(cue.rank[0], count)))
    return ranked[::-1]


def _falls(clause: str) -> bool:
    """Does the last word of change in a clause say that something fell?"""
    verbs = _VERB.findall(re.sub(r"\([^()]*\)", "", clause))
    return bool(verbs) and bool(words.DECREASE.search(verbs[-1]))


def flat_at(text: str) -> list[tuple[int, int]]:
    """Where a passage says that something is level with last year."""
    return [match.span() for match in _LEVEL.finditer(text)]


def without_base(text: str) -> str:
    """Words without those that say what a change is counted from (与上年相比)."""
    return _BASE.sub("", text)


def subject_words(cue: Cue) -> str:
    """The words of a cue's clause without those that say its role and its base."""
    clause = without_base(cue.words).removeprefix("的")
    if cue.role is Role.PRIOR_YEAR:
        clause = re.sub(rf"^(?:而|其中)?(?:与|比|较)?{words.LAST_YEAR}", "", clause)
    for pattern in (_CHANGES, _EXCEEDED, _COMPLETES, _INITIAL, _BUDGET, _FINAL):
        clause = pattern.sub("", clause)
    return re.sub(r"(?:支出|收入|当年|全年|本年度?|调整后?|年度|各|均|分别)+$", "", clause)


def _role(clause: str, quantity: Quantity, before: Cue | None, text: str, fiscal_year: int) -> Role | None:
    unit = quantity.unit
    joint = text[before.quantity.end : quantity.start] if before else ""
    if unit == "个百分点":
        return None
    if unit == "%":
        if _CHANGES.search(clause) or _EXCEEDED.search(clause):
            return Role.CHANGE_PERCENT
        if _COMPLETES.search(clause):
            return Role.COMPLETION_PERCENT
        if joint == "的" and before is not None and before.role in (Role.INITIAL_BUDGET, Role.BUDGET):
            return Role.COMPLETION_PERCENT
        return Role.PERCENT
    if unit not in MONEY_UNITS:
        return Role.SCORE if unit == "分" else Role.COUNT
    if _CHANGES.search(clause) or _EXCEEDED.search(clause):
        return Role.CHANGE
    if _AVERAGE.search(clause):
        return Role.AVERAGE
    prior = _PRIOR.match(clause)
    if prior is not None and not re.search("结转|结余|预算", clause) and _is_past(prior["year"], fiscal_year):
        return Role.PRIOR_YEAR
    if _INITIAL.search(clause):
        return Role.INITIAL_BUDGET
    if _BUDGET.search(clause):
        return Role.BUDGET
    return Role.FINAL if _FINAL.search(clause) else Role.AMOUNT


def _is_past(year: str, fiscal_year: int) -> bool:
    return not year[:4].isdigit() or int(year[:4]) < fiscal_year


class _Bases:
    """What the changes of a passage are counted from: the last base that the sentence names before each."""

    def __init__(self, text: str) -> None:
        self._found = list(_BASE.finditer(text))
        self._ends = [match.end() for match in self._found]
        self._stops = [match.start() for match in re.finditer("。", text)]

    def before(self, at: int) -> tuple[int | None, Base | None]:
        """Where the base of a change stands, and which it is."""
        number = bisect_right(self._ends, at)
        match = self._found[number - 1] if number else None
        if match is None or bisect_right(self._stops, match.start()) != bisect_right(self._stops, at):
            return None, None
        if match["year"] or match["same"]:
            return match.start(), Base.LAST_YEAR
        return match.start(), Base.INITIAL_BUDGET if match["initial"] else Base.BUDGET


def _brackets(text: str, found: list[Quantity]) -> list[tuple[int, int]]:
    """The outermost-to-innermost brackets that hold a quantity."""
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for match in re.finditer(r"[()]", text):
        if match.group() == "(":
            opened.append(match.start())
        elif opened:
            pairs.append((opened.pop(), match.start()))
    starts = [quantity.start for quantity in found]
    return [(left, right) for left, right in pairs if bisect_right(starts, right) > bisect_right(starts, left)]


def _reasons(text: str) -> list[tuple[int, int]]:
    """Where a passage gives reasons: up to the end of the sentence, or of a list's item that is about a subject."""
    spans: list[tuple[int, int]] = []
    for match in _REASON.finditer(text):
        if spans and match.start() < spans[-1][1]:
            continue
        end = len(text)
        for stop in _STOP.finditer(text, match.end()):
            if stop.group() == "。" or not _GOES_ON.match(text, stop.end()):
                end = stop.end()
                break
        spans.append((match.start(), end))
    return spans
