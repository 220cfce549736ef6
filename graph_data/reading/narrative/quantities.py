"""Every number with a unit that a passage states: money, percentages, counts. Years, dates and numberings are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from graph_data.core.amount import Number, read_number

NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
MONEY = rf"(?:{NUMBER})(?:亿元|万元|元)"
_QUANTITY = re.compile(
    rf"(?<![\d.\-])(?P<number>{NUMBER})(?P<unit>亿元(?!/)|万元(?!/)|元(?!/)|%|分(?!之|钟|类)|"
    r"(?:万余|余|多|万)?(?:人次|批次|件|个(?!月)|辆|台|套|家|次|人|项|名|间|户|平方米|米))"
)
_AFTER_NUMBER = re.compile(rf"^.*(?:{NUMBER})(?:年度?|亿元|万元|元|%|分|个|辆|台|批次|人次|月|日)?(?:\(含\))?(?=\D*$)")
_CLAUSE = re.compile(r"[,。;:、“”]")
_FILLERS = re.compile(
    r"^(?:\(?(?:不?含)|其中|共计|累计|共有|共|约|为|达|与|及|和|各|\()+"
    r"|(?:为|共计|累计|达|达到|是|共有|共|约|均为|各|占|金额)+$"
)
_QUALIFIED = re.compile(r"^.*(?:的|项目)(?=.)")
GENERIC = frozenset({"", "使用资金", "支出", "资金", "金额"})
MAX_LABEL = 30


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
    """The quantities of a passage's text, in order."""
    for match in _QUANTITY.finditer(text):
        yield Quantity(match.start(), match.end(), match["number"], match["unit"], label_before(text, match.start()))


def label_before(text: str, start: int) -> str:
    """The words that lead to a number, without fillers and at most 30 characters: its clause, or where that says
    no more than 使用资金 the clause before it."""
    clauses = _CLAUSE.split(text[:start])
    label = _bare(clauses[-1])
    if label in GENERIC and len(clauses) > 1 and text[: start - len(clauses[-1])].endswith(","):
        label = _bare(re.split(r"[,。;:]", text[: start - len(clauses[-1]) - 1])[-1]) or label
    return label


def _bare(clause: str) -> str:
    """A clause as a label: what stands after its last number, without fillers; a long one from its last 的 on."""
    label = _AFTER_NUMBER.sub("", clause)
    while (shorter := _FILLERS.sub("", label)) != label:
        label = shorter
    return (_QUALIFIED.sub("", label) if len(label) > MAX_LABEL else label)[-MAX_LABEL:]
