"""The words of the checks: what each is called and compares, and what its findings say, in Chinese and in English.

A finding keeps numbers and names; its words come from a template of its check when they are asked for. A template may
name the finding's own numbers, {reported} {derived} {difference}, printed as people print them, and every detail that
the check gives: {row} as it is, {form:term} a word of the field, {amount:number} a printed number, {item:both} words
in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, unique
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from graph_data.core import terms
from graph_data.core.amount import MONEY_UNITS, Number
from graph_data.core.terms import ColumnKey, FundSource, Language, Severity, StatementForm

if TYPE_CHECKING:
    from graph_data.checks.book import Book
    from graph_data.checks.examination import Examination, Finding


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages."""

    zh: str
    en: str

    def of(self, language: Language) -> str:
        return self.zh if language is Language.ZH else self.en


@dataclass(frozen=True, slots=True)
class Case:
    """One kind of finding of a check: its fact as a template, and what to do about it."""

    fact: Text
    suggestion: Text


@dataclass(frozen=True, slots=True)
class Check:
    """A check: its stable id, its title, its rule, the regulation that it rests on, its kinds of findings by name."""

    id: str
    title: Text
    rule: Text
    examine: Callable[[Book, Examination], Examination] = field(repr=False, compare=False)
    cases: Mapping[str, Case] = field(repr=False, compare=False, default_factory=dict)
    basis: str | None = None


@unique
class Remark(Enum):
    """Why a difference is only an observation."""

    FEWER_DIGITS = "FEWER_DIGITS"
    CUT_OFF = "CUT_OFF"
    READ_IN_PART = "READ_IN_PART"


@dataclass(frozen=True, slots=True)
class Detail:
    """A name in a template and what stands there: words, `Class.MEMBER` of a term, `text|unit` of a number, `zh|en`."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Cause:
    """What the arithmetic shows to be behind a difference: its kind, with what its words name."""

    case: str
    details: tuple[Detail, ...]


Named: TypeAlias = str | Enum | Number | Text | int | None


@dataclass(frozen=True, slots=True)
class Said:
    """Which kind of finding, with what its words will name: kept as text only where something was found."""

    case: str
    named: tuple[tuple[str, Named], ...]

    @property
    def details(self) -> tuple[Detail, ...]:
        return tuple(Detail(name, _kept(value)) for name, value in self.named)


def say(case: str, **details: Named) -> Said:
    """What a finding of that kind will say."""
    return Said(case, tuple(details.items()))


def _kept(value: Named) -> str:
    if isinstance(value, Enum):
        return f"{type(value).__name__}.{value.name}"
    if isinstance(value, Number):
        return f"{value.text}|{value.unit}"
    if isinstance(value, Text):
        return f"{value.zh}|{value.en}"
    return "" if value is None else str(value)


# ------------------------------------------------------------------------------------------ the regulations

BUDGET_LAW = "《中华人民共和国预算法》第七十五条"
DISCLOSURE = "《地方预决算公开操作规程》（财预〔2016〕143号）"
EVALUATION = "《项目支出绩效评价管理办法》（财预〔2020〕10号）"
CLASSIFICATION = "当年《政府收支分类科目》"


# ------------------------------------------------------------------------------------------ what to do

CHECK_TABLE = Text(
    "核对该表底稿，确认是录入、汇总还是取数口径有误，必要时更正公开的报表。",
    "Check the table's working papers for an error of entry, of addition or of scope, and correct the published table.",
)
CHECK_TABLES = Text(
    "核对两表的取数口径和底稿，确认以哪一处为准，并更正另一处。",
    "Check the scope and the working papers of both tables, settle which one is right and correct the other.",
)
CHECK_TEXT = Text(
    "对照决算报表核实文字说明，确认以哪一处为准，并更正另一处。",
    "Check the text against the statements, settle which one is right and correct the other.",
)
RECOMPUTE = Text(
    "按所列金额重新计算该百分比并更正。", "Recompute the percentage from the amounts stated, and correct it."
)
CHECK_SHEET = Text(
    "核对该项目绩效自评表及佐证材料，更正有误之处。",
    "Check the self-evaluation sheet and its evidence, and correct what is wrong.",
)
EXPLAIN = Text("请填报单位说明原因并提供依据。", "Ask the reporting unit for the reason and its evidence.")
COMPLETE = Text("请公开单位补充公开或说明原因。", "Ask the publishing body to complete the document or to say why not.")
LOOK = Text("请查阅原文，人工核对该表。", "Look it up in the document and check it by hand.")
NO_ACTION = Text("无须更正，阅读时留意。", "Nothing to correct; bear it in mind when reading.")


# ------------------------------------------------------------------------------------------ in words

_SEPARATOR = {Language.ZH: "；", Language.EN: "; "}
_REMARKS = {
    Remark.FEWER_DIGITS: Text(
        "前者按较少位数列示，在其位数内一致", "the first is given in fewer digits and agrees at those"
    ),
    Remark.READ_IN_PART: Text(
        "所涉报表未全部读出，差异可能源于未读部分", "a table involved was read in part, which may explain it"
    ),
    Remark.CUT_OFF: Text("该百分比系截尾而非四舍五入所得", "the percentage was cut off rather than rounded"),
}
_DIFFERENCE = Text(
    "相差{difference}，超出舍入允差{tolerance}",
    "a difference of {difference}, beyond a rounding tolerance of {tolerance}",
)
_COUNTED = Text("相差{difference}", "a difference of {difference}")
CAUSES: Mapping[str, Text] = {
    "carried": Text(
        "差额与《{table}》“{row}”{amount:number}相当", "about as much as {row} of {table}, {amount:number}"
    ),
    "used": Text(
        "差额与《{table}》年初结转结余{opening:number}减年末结转结余{closing:number}相当",
        "about as much as the carry-over used, {opening:number} less {closing:number} in {table}",
    ),
    "elsewhere": Text(
        "所述数额与《{table}》合计行“{column}”相同，疑口径有误",
        "the amount stated is the total of {column} in {table}: another scope",
    ),
    "scaled": Text(
        "两数相差十的整数次方倍，疑为单位或小数点错误", "one is the other times a power of ten: a unit or a point"
    ),
    "transposed": Text("两数仅相邻数字互换，疑为录入错误", "the two differ by neighbouring digits that changed places"),
}
_NOTHING = Text("（未列数）", "nothing")
_TERMS_IN_ENGLISH: Mapping[Enum, str] = {
    ColumnKey.BASIC: "basic expenditure",
    ColumnKey.PROJECT: "project expenditure",
    FundSource.TOTAL: "all funds",
    StatementForm.REVENUE_AND_EXPENDITURE: "the summary of revenue and expenditure",
    StatementForm.REVENUE: "the table of revenue",
    StatementForm.EXPENDITURE: "the table of expenditure",
    StatementForm.FISCAL_APPROPRIATION: "the summary of fiscal appropriations",
    StatementForm.GENERAL_PUBLIC_BUDGET: "the table of general public budget expenditure",
    StatementForm.BASIC_EXPENDITURE: "the detail of basic expenditure",
    StatementForm.GOVERNMENT_MANAGED_FUNDS: "the table of government-managed funds",
    StatementForm.STATE_CAPITAL_OPERATIONS: "the table of state capital operations",
    StatementForm.THREE_PUBLIC_EXPENSES: "the table of the three public expenses",
}
_UNITS_IN_ENGLISH = {
    "万元": " (10,000 yuan)",
    "亿元": " (100 million yuan)",
    "元": " yuan",
    "%": "%",
    "分": " points",
    "个": "",
    "项": "",
    "辆": " vehicles",
    "人": " people",
    "人次": " visits",
    "批次": " groups",
    "次": " times",
}
_MONEY_DECIMALS = 2  # 万元 and 元 are printed with at least so many
_MOST_DECIMALS = 6
_FIELD = re.compile(r"\{(\w+)(?::(\w+))?\}")


def fact(check: Check, finding: Finding, language: Language) -> str:
    """What stands where, as a clause without its stop."""
    return _filled(check.cases[finding.case].fact.of(language), finding, language)


def difference(finding: Finding, language: Language) -> str:
    """How far apart both numbers are, and what an observation has to say of it; "" where there is nothing to say."""
    parts = []
    if finding.difference is not None and finding.remark is None and None not in (finding.reported, finding.derived):
        template = _DIFFERENCE if finding.tolerance else _COUNTED
        parts.append(_filled(template.of(language), finding, language))
    if finding.remark is not None:
        parts.append(_REMARKS[finding.remark].of(language))
    if finding.cause is not None:
        parts.append(_filled(CAUSES[finding.cause.case].of(language), finding, language, finding.cause.details))
    return _SEPARATOR[language].join(parts)


def message(check: Check, finding: Finding, language: Language) -> str:
    """A finding as one sentence: its fact, and its difference."""
    parts = filter(None, (fact(check, finding, language), difference(finding, language)))
    return _SEPARATOR[language].join(parts) + ("。" if language is Language.ZH else ".")


def suggestion(check: Check, finding: Finding, language: Language) -> str:
    """What to do about a finding."""
    if finding.severity is Severity.INFO and finding.remark is not None:
        return NO_ACTION.of(language)
    return check.cases[finding.case].suggestion.of(language)


def _filled(template: str, finding: Finding, language: Language, named: Sequence[Detail] | None = None) -> str:
    details = {detail.name: detail.text for detail in (finding.details if named is None else named)}

    def word(match: re.Match[str]) -> str:
        name, kind = match.groups()
        if name in _OWN:
            return _own(name, finding, language)
        if kind == "term":
            return _term(details[name], language)
        if kind == "number":
            text, _, unit = details[name].partition("|")
            return _with_unit(text, unit, language)
        if kind == "both":
            return details[name].split("|")[0 if language is Language.ZH else 1]
        return details[name]

    return _FIELD.sub(word, template)


_OWN = frozenset({"reported", "derived", "difference", "tolerance"})


def _own(name: str, finding: Finding, language: Language) -> str:
    value: Decimal | None = getattr(finding, name)
    if value is None:
        return _NOTHING.of(language)
    unit = finding.unit or ""
    if name in ("difference", "tolerance"):
        value = abs(value)
    return _with_unit(_digits(value, _decimals(name, finding), language), unit, language)


def _decimals(name: str, finding: Finding) -> int:
    """How many decimals a number is shown with: those that it has, a computed percentage one more than the stated."""
    value: Decimal = getattr(finding, name)
    if finding.unit == "%" and name != "reported":
        stated = _own_decimals(finding.reported) if finding.reported is not None else 1
        return max(_MONEY_DECIMALS, stated + 1)
    least = _MONEY_DECIMALS if finding.unit in MONEY_UNITS and name != "tolerance" else 0
    return min(max(least, _own_decimals(value)), _MOST_DECIMALS)


def _own_decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _digits(value: Decimal, decimals: int, language: Language) -> str:
    return f"{value:{',' if language is Language.EN else ''}.{decimals}f}"


def _with_unit(digits: str, unit: str, language: Language) -> str:
    return digits + (unit if language is Language.ZH else _UNITS_IN_ENGLISH.get(unit, f" {unit}"))


def _term(token: str, language: Language) -> str:
    """A word of the field as its documents spell it, or as English has it."""
    return word(_member(token), language)


@cache
def _member(token: str) -> Enum:
    kind, _, name = token.partition(".")
    found: Enum = getattr(terms, kind)[name]
    return found


def word(member: Enum, language: Language) -> str:
    """A member of `core.terms` as the documents spell it, or as English has it."""
    if language is Language.ZH:
        return str(member.value)
    return _TERMS_IN_ENGLISH.get(member) or member.name.lower().replace("_", " ")
