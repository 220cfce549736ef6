"""Every number with a unit that a passage states: money, percentages, counts. Years, dates and numberings are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph_data.core.amount import Number, read_number

NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_QUANTITY = re.compile(
    rf"(?:(?<![\d.\-])|(?<=[率为是达额]-))(?P<number>{NUMBER})(?P<unit>亿元(?!/)|万元(?!/)|千元(?!/)|元(?!/)|%|个百分点|分(?!之|钟|类)|"
    r"万(?=[(),。;、]|$)|"
    r"(?:万余|余|多|万)?(?:人次|批次|件|个(?!月)|辆|台|套|家|次|人|项|名|间|户|平方米|米))"
)
_LIST = re.compile(
    rf"(?:分别|各)(?:为|是|达|有)?(?P<all>(?:{NUMBER})(?:[,、和及](?:{NUMBER}))+)(?P<unit>亿元|万元|元|%)"
)
_BARE_RATE = re.compile(
    rf"(?<=元),(?:增长|下降|降低|减少|增加)(?:\([^()]{{0,8}}\))?(?:了|为)?(?P<number>{NUMBER})(?=[,。;]|$)"
)
_NUMBER = re.compile(NUMBER)
_MONEY = re.compile(r"(?:费用?|支出|收入|资金|金额|拨款|[预决]算)(?:数|额|总额)?(?:共|合计|共计)?(?:约|为|是|达)?$")
_AFTER_NUMBER = re.compile(r"[\d%](?:年度?|亿元|万元?|元|%|分|个|辆|台|批次|人次|月|日)?(?:\(含\))?(?=[^\d%]*$)")
_CLAUSE = re.compile(r"(?<!\d),|,(?!\d{3})|[。;:、“”]")
_OPENERS = re.compile(r"^(?:[).、]|\(?(?:不?含)|其中|共计|累计|共有|共|约|为|达|与|及|和|各|\()")
_CLOSERS = re.compile(r"(?:为|共计|累计|达|达到|是|共有|共|(?<!节)约|均为|各|占|金额)$")
_QUALIFIED = re.compile(r"^.*(?:的|项目)(?=.)")
GENERIC = frozenset({"", "使用资金", "支出", "资金", "金额"})
MAX_LABEL = 30
WINDOW = 400  # characters before a number in which its words are looked for


@dataclass(frozen=True, slots=True)
class Quantity:
    """A stated number: where it stands in the passage's text, and the words right before it."""

    start: int
    end: int
    text: str
    unit: str
    label: str

    def number(self, decimals: int | None = None) -> Number:
        """The number, at the scale of its place."""
        return read_number(self.text, self.unit, decimals)


def quantities(text: str) -> Iterator[Quantity]:
    """The quantities of a passage's text, in order; those of a list with one unit (各是1.5,2万元) each have it, and a
    rate of change right behind an amount (增加5万元,增长5。) is a percentage even where its sign is not printed."""
    lists = [match for match in _LIST.finditer(text) if _is_list(match["all"])]
    listed = [
        Quantity(one.start(), one.end(), one.group(), match["unit"], label_before(text, match.start()))
        for match in lists
        for one in _NUMBER.finditer(text, match.start("all"), match.end("all"))
    ]
    in_lists = {at for match in lists for at in range(match.start("all"), match.end())}
    apart = [
        _signed(text, match, unit)
        for match in _QUANTITY.finditer(text)
        if match.start() not in in_lists and (unit := _unit(text, match)) is not None
    ]
    rates = [
        Quantity(
            match.start("number"), match.end("number"), match["number"], "%", label_before(text, match.start("number"))
        )
        for match in _BARE_RATE.finditer(text)
    ]
    yield from sorted(listed + apart + rates, key=lambda quantity: quantity.start)


def _signed(text: str, match: re.Match[str], unit: str) -> Quantity:
    """A number with the minus that stands before it: 差异率-11.50%."""
    sign = "-" if text.startswith("-", match.start() - 1) else ""
    return Quantity(
        match.start(), match.end(), sign + match["number"], unit, label_before(text, match.start() - len(sign))
    )


def _unit(text: str, match: re.Match[str]) -> str | None:
    """The unit of a number; 万 alone is 万元 behind a word for money, and nothing that is known elsewhere."""
    if match["unit"] != "万":
        return match["unit"]
    return "万元" if _MONEY.search(text, max(0, match.start() - WINDOW), match.start()) else None


def _is_list(text: str) -> bool:
    """Is it more than one number with thousands separators (1,234,567)?"""
    return len(_NUMBER.findall(text)) > 1


def label_before(text: str, start: int) -> str:
    """The words that lead to a number, without fillers and at most 30 characters: its clause, or where that says
    no more than 使用资金 the clause before it."""
    text = text[max(0, start - WINDOW) : start]
    clauses = _CLAUSE.split(text)
    label = bare(clauses[-1])
    if label in GENERIC and len(clauses) > 1 and text[: len(text) - len(clauses[-1])].endswith(","):
        label = clause_before(text, len(text) - len(clauses[-1])) or label
    return label


def clause_before(text: str, start: int) -> str:
    """The label of the clause that ends where another starts."""
    return bare(re.split(r"[,。;:]", text[max(0, start - WINDOW) : max(0, start - 1)])[-1])


def bare(clause: str) -> str:
    """A clause as a label: what stands after its last number, without fillers; a long one from its last 的 on."""
    ends = [match.end() for match in _AFTER_NUMBER.finditer(clause)]
    label = clause[ends[-1] :] if ends else clause
    while (shorter := _CLOSERS.sub("", _OPENERS.sub("", label))) != label:
        label = shorter
    return (_QUALIFIED.sub("", label) if len(label) > MAX_LABEL else label)[-MAX_LABEL:]
