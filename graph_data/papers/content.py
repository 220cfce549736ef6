"""What a working paper says, in words of one language: the cover, the summary, each cause on its own with what both
places print, what must be published, and how every check ended."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from graph_data.checks import BY_ID, suggestion
from graph_data.checks.book import Book
from graph_data.checks.disclosure import checklist
from graph_data.checks.examination import Finding, Materiality
from graph_data.checks.wording import Text, difference, fact, word
from graph_data.conclusions import Conclusion
from graph_data.core.amount import Number
from graph_data.core.reading_state import left_over_of, status_of
from graph_data.core.records import Account, AccountKey, Source
from graph_data.core.terms import CheckOutcome, Language, MaterialityLevel, Severity
from graph_data.dataset import Dataset
from graph_data.findings import SEVERITIES, LocatedFinding

MOST_CAUSES = 400  # told on their own; the others are in the summary
MOST_LISTED = 2_000  # causes in the summary of a document; a workbook lists all
MOST_QUOTED = 8  # places of one cause that are quoted
AROUND = (160, 160, 45)  # characters of a long line before and after the number that is meant; the last of all further
_NUMBERS_AT_A_PLACE = 4


@dataclass(frozen=True, slots=True)
class Quotation:
    """What a place prints: its line, where that is kept, else a summary. `marked` is the part of it that is meant."""

    place: str
    text: str
    is_kept: bool
    marked: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One finding in words: its id, what stands where, how far apart, and what was concluded of it."""

    id: str
    fact: str
    difference: str
    amount: str
    conclusion: Conclusion | None


@dataclass(frozen=True, slots=True)
class Cause:
    """The findings of one cause: with the words of their checks, and what the places print that they name.

    `unquoted` is how many more places they name than are quoted.
    """

    number: int
    severity: Severity
    title: str
    materiality: str
    statements: tuple[Statement, ...]
    basis: str
    rule: str
    suggestion: str
    quotations: tuple[Quotation, ...]
    unquoted: int


@dataclass(frozen=True, slots=True)
class Paper:
    """A working paper, ready to be written: every text in `language`."""

    language: Language
    made: date
    title: str
    account: str
    cover: tuple[tuple[str, str], ...]
    counts: Mapping[Severity, int]
    summary: str
    causes: tuple[Cause, ...]
    disclosure: tuple[tuple[str, str, str, str], ...]
    checks: tuple[tuple[str, str, str, str], ...]
    notes: tuple[str, ...]

    def say(self, text: Text) -> str:
        """A heading or label in the language of the paper."""
        return text.of(self.language)


_TITLE = Text("部门决算核查工作底稿", "Working paper: final account checked")
_COVER = {
    "account": Text("被核查决算", "Account"),
    "department": Text("公开主体", "Published by"),
    "division": Text("行政区划", "Division"),
    "year": Text("决算年度", "Fiscal year"),
    "kind": Text("决算种类", "Kind of account"),
    "document": Text("公开文件", "Published document"),
    "reading": Text("读取情况", "How far it was read"),
    "version": Text("数据集版本", "Dataset version"),
    "digest": Text("数据包摘要", "Digest of the account"),
    "checks": Text("核查程序", "Checks"),
    "made": Text("编制日期", "Made on"),
}
_DOCUMENT = Text("{}\nSHA-256：{}", "{}\nSHA-256: {}")
_READING = Text("{}；未读之处{}个，未归类数字{}个", "{}; {} gaps, {} numbers left over")
_CHECKS = Text(
    "共{}项：通过{}，未通过{}，不适用{}，数据不足{}，未读{}",
    "{} in all: {} passed, {} failed, {} not applicable, {} insufficient data, {} not read",
)
_SUMMARY = Text(
    "核查发现{}项，归为{}个原因：矛盾{}个、存疑{}个、提示{}个。矛盾与存疑须逐项核实；提示供参考，不构成差错。",
    "{} findings of {} causes: {} contradictions, {} doubts, {} observations. "
    "The first two are to be settled one by one; an observation is no error.",
)
_NOTES = (
    Text(
        "本底稿由程序依据公开文件自动编制，只比较公开文件自身列示的数字和文字，不改动任何公开数据，不以外部资料为据；结论由核查人员作出。",
        "Made by a program from the published document alone: it compares what the document prints, repairs nothing, "
        "and knows nothing from elsewhere. Conclusions are the auditor's.",
    ),
    Text(
        "每个列示的数字代表其末位半个单位以内的区间；各项相加时区间随之相加，区间相交即为一致，因四舍五入造成的尾差不列为发现。",
        "A printed number stands for half a unit of its last digit either way; intervals add up, and those that meet "
        "agree, so that what rounding explains is no finding.",
    ),
    Text(
        "矛盾：两处公开数字相差超出舍入允差；存疑：另有口径可以解释的差异；提示：不构成差错的情况。"
        "重大：差额不低于支出总计的1%；尾差：末位数个单位且不足万分之一。",
        "Contradiction: two printed numbers differ beyond rounding. Doubt: another scope could explain it. Observation:"
        " no error. Material: at least 1% of all expenditure; rounding: some units of the last digit, below 0.01%.",
    ),
    Text(
        "未读、数据不足、不适用的核查程序未作比较，不等于通过。",
        "Checks that were not read, lacked data or did not apply compared nothing; that is not passing.",
    ),
)
_NO_NUMBER = Text("不涉及数额差异", "No difference of numbers")
_NO_BASIS = Text(
    "表内、表间及表文勾稽关系（无专门条款）", "How the figures of a document fit together (no special rule)"
)
_SHARE = Text("占支出总计{}%", "{}% of all expenditure")
_STEPS = Text("相当于末位{}个单位", "{} units of the last digit")
_PAGE, _LINE = Text("第{}页", "page {}"), Text("第{}行", "line {}")
_NO_PLACE = Text("全文", "the whole document")
_SUMMARISED = Text("摘要（原文未随数据包保存）：", "Summary (the document's words are not kept): ")
_UNNUMBERED = Text("此处无逐行原文", "no printed line")
_UNDEFINED = Text("缺{}个：{}", "{} missing: {}")
_FOUND = Text("发现{}项", "{} findings")
_NAMED = 6  # of missing definitions


def paper_of(dataset: Dataset, key: AccountKey, language: Language, made: date) -> Paper:
    """The working paper of an account. Raises KeyError for an unknown one, DamagedError where its files are damaged."""
    account = dataset.lookups.accounts[key]
    found = list(dataset.findings_at(dataset.final_accounts_node(key).id))
    causes = tuple(_Causes(dataset, account, language).told(_by_cause(found)))
    counts = Counter(cause.severity for cause in causes)
    numbers = [len(found), len(causes), *(counts[severity] for severity in Severity)]
    return Paper(
        language, made, _TITLE.of(language), account.department.title,
        tuple(_cover(dataset, account, language, made)), counts, _SUMMARY.of(language).format(*numbers), causes,
        tuple(_disclosure(account, language)), tuple(_checks(dataset, key, language)),
        tuple(note.of(language) for note in _NOTES),
    )  # fmt: skip


def _cover(dataset: Dataset, account: Account, language: Language, made: date) -> Iterator[tuple[str, str]]:
    record, key = account.department, account.key
    ends = Counter(entry.outcome for entry in dataset.ledger(key))
    code = f"（{record.department_code}）" if language is Language.ZH else f" ({record.department_code})"
    yield _COVER["account"].of(language), record.title
    yield _COVER["department"].of(language), record.department_name + (code if record.department_code else "")
    yield _COVER["division"].of(language), f"{record.division_name} {key.division}"
    yield _COVER["year"].of(language), str(key.fiscal_year)
    yield _COVER["kind"].of(language), word(record.kind, language)
    for document in sorted(account.documents, key=lambda each: each.position):
        yield _COVER["document"].of(language), _DOCUMENT.of(language).format(document.name, document.sha256)
    told = word(status_of(account), language), len(account.gaps), left_over_of(account)
    yield _COVER["reading"].of(language), _READING.of(language).format(*told)
    yield _COVER["version"].of(language), dataset.version
    if key in dataset.digests:
        yield _COVER["digest"].of(language), dataset.digests[key]
    yield (
        _COVER["checks"].of(language),
        _CHECKS.of(language).format(sum(ends.values()), *(ends[o] for o in CheckOutcome)),
    )
    yield _COVER["made"].of(language), made.isoformat()


def _by_cause(found: Sequence[LocatedFinding]) -> list[list[LocatedFinding]]:
    """Findings of one cause together, the gravest and greatest first."""
    groups: dict[str, list[LocatedFinding]] = {}
    for each in found:
        groups.setdefault(each.finding.group, []).append(each)
    return sorted(groups.values(), key=lambda group: SEVERITIES[group[0].finding.severity])


class _Causes:
    """Findings of one account in words, with what their places print."""

    def __init__(self, dataset: Dataset, account: Account, language: Language) -> None:
        self._dataset, self._account, self._language = dataset, account, language
        self._documents = {each.position: each for each in account.documents}
        self._printed: dict[Source, list[tuple[str, Number]]] = {}
        for figure in account.figures:
            self._printed.setdefault(figure.source, []).append(("", figure.number))
        for stated in account.facts:
            self._printed.setdefault(stated.source, []).append((stated.label, stated.number))
        for fund in account.funding:
            told = word(fund.fund_source, language), word(fund.quantity, language)
            self._printed.setdefault(fund.source, []).append((" ".join(told), fund.number))

    def told(self, groups: Sequence[Sequence[LocatedFinding]]) -> Iterator[Cause]:
        for number, group in enumerate(groups, start=1):
            yield self._cause(number, group, is_quoted=number <= MOST_CAUSES)

    def _cause(self, number: int, group: Sequence[LocatedFinding], is_quoted: bool) -> Cause:
        language, checks = self._language, list(dict.fromkeys(each.finding.check for each in group))
        titles = (BY_ID[check].title.of(language) for check in checks)
        bases = filter(None, dict.fromkeys(BY_ID[check].basis for check in checks))
        places: dict[Source, Finding] = {}
        for each in group:
            for at in each.finding.sources:
                places.setdefault(at, each.finding)
        quoted = list(places.items())[:MOST_QUOTED] if is_quoted else []
        comma, stop = ("、", "") if language is Language.ZH else (", ", " ")
        return Cause(
            number, group[0].finding.severity, comma.join(titles), _materiality(group[0].finding.materiality, language),
            tuple(map(self._statement, group)), "\n".join(bases) or _NO_BASIS.of(language),
            "\n".join(BY_ID[check].rule.of(language) for check in checks),
            stop.join(dict.fromkeys(suggestion(each.finding, language) for each in group)),
            tuple(self._quotation(number, at, finding) for number, (at, finding) in enumerate(quoted)),
            len(places) - len(quoted),
        )  # fmt: skip

    def _statement(self, found: LocatedFinding) -> Statement:
        finding, language = found.finding, self._language
        check = BY_ID[finding.check]
        said = fact(check, finding, language), difference(finding, language) or _NO_NUMBER.of(language)
        stop = "。" if language is Language.ZH else "."
        apart = finding.difference
        amount = "" if apart is None or finding.unit is None else f"{_plain(abs(apart))}{finding.unit}"
        capital = said[0][:1].upper() + said[0][1:] + stop, said[1][:1].upper() + said[1][1:] + stop
        return Statement(found.node.id, *capital, amount, self._dataset.conclusion(found))

    def _quotation(self, number: int, at: Source, finding: Finding) -> Quotation:
        document, language = self._documents.get(at.document), self._language
        line = self._dataset.originals.quotation(document, at.page, at.line) if document is not None else None
        place = place_of(at, language, document.name if document is not None and len(self._documents) > 1 else None)
        numbers = self._printed.get(at, [])
        if line is not None:
            both = (finding.reported, None if finding.is_of_total else finding.derived)
            meant = both[number] if number < len(both) else None
            marked = next((text for text in _spellings(numbers, finding, meant) if _stands_in(text, line)), "")
            return Quotation(place, _around(line, marked, AROUND[min(number, len(AROUND) - 1)]), True, marked)
        told = [f"{label} {number.text}{number.unit}".strip() for label, number in numbers[:_NUMBERS_AT_A_PLACE]]
        comma = "；" if language is Language.ZH else "; "
        named = [each for each in (at.row, at.column) if each]
        text = comma.join([" / ".join(named), *told] if named else told) or at.section or _UNNUMBERED.of(language)
        return Quotation(place, _SUMMARISED.of(language) + text, False, "")


def place_of(at: Source, language: Language, document: str | None = None) -> str:
    """第3页第12行，章节，行“…”: where something stands, in words; what is not known is left out."""
    spot = [] if at.page is None else [_PAGE.of(language).format(at.page)]
    spot += [] if at.line is None else [_LINE.of(language).format(at.line)]
    is_chinese = language is Language.ZH
    parts = [document, ("" if is_chinese else ", ").join(spot), at.section, at.row, at.column]
    return ("，" if is_chinese else ", ").join(each for each in parts if each) or _NO_PLACE.of(language)


def _plain(value: object) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _spellings(numbers: Sequence[tuple[str, Number]], finding: Finding, meant: Decimal | None) -> Iterator[str]:
    """How the number that is meant at a place may stand in its line: as it was read there, else as it is."""
    both = (finding.reported, finding.derived)
    yield from (number.text for _, number in numbers if number.value is not None and number.value in both)
    yield from (number.text for _, number in numbers if len(numbers) == 1)
    if meant is not None and not numbers:
        yield from (f"{meant:,f}", f"{meant:f}", _plain(meant))


def _stands_in(text: str, line: str) -> bool:
    """Is it printed there as a number of its own?"""
    return re.search(rf"(?<![\d.,]){re.escape(text)}(?![\d,]|\.\d)", line) is not None


def _around(line: str, marked: str, width: int) -> str:
    """A line, or what stands around the part of it that is meant."""
    if len(line) <= 2 * width:
        return line
    at = max(0, line.find(marked) if marked else 0)
    start, end = max(0, at - width), at + len(marked) + width
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")


def _materiality(told: Materiality, language: Language) -> str:
    parts = [word(told.level, language)]
    if told.share is not None and told.level is not MaterialityLevel.UNQUANTIFIED:
        parts.append(_SHARE.of(language).format(_plain(round(told.share * 100, 4))))
    if told.steps is not None and told.level is MaterialityLevel.ROUNDING:
        parts.append(_STEPS.of(language).format(_plain(told.steps)))
    return ("，" if language is Language.ZH else ", ").join(parts)


def _disclosure(account: Account, language: Language) -> Iterator[tuple[str, str, str, str]]:
    """Each item: what it is, how it stands, where, and the rule."""
    for standing in checklist(Book(account)):
        title = f"《{standing.item.title.zh}》" if standing.item.form else standing.item.title.zh
        if language is Language.EN:
            title = standing.item.title.en if standing.item.form is None else word(standing.item.form, language)
        place = place_of(standing.sources[0], language) if standing.sources else ""
        if standing.missing:
            listed = ("、" if language is Language.ZH else ", ").join(standing.missing[:_NAMED])
            more = "…" if len(standing.missing) > _NAMED else ""
            place = _UNDEFINED.of(language).format(len(standing.missing), listed + more)
        yield title, word(standing.status, language), place, standing.item.basis


def _checks(dataset: Dataset, key: AccountKey, language: Language) -> Iterator[tuple[str, str, str, str]]:
    """Each check: its title, how it ended, what it found, and why nothing was compared."""
    for entry in dataset.ledger(key):
        found = _FOUND.of(language).format(len(entry.findings)) if entry.findings else ""
        reason = "" if entry.reason is None else entry.reason.of(language)
        yield entry.check.title.of(language), word(entry.outcome, language), found, reason


_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def printable(text: str, longest: int = 30_000) -> str:
    """A text that XML can hold, within the bound of a cell."""
    plain = _UNPRINTABLE.sub("�", text)
    return plain if len(plain) <= longest else plain[:longest] + "…"


def concluded(conclusion: Conclusion, language: Language) -> Iterable[str]:
    """What was concluded, in words: in which sense, the note, by whom and when."""
    return word(conclusion.kind, language), conclusion.note, conclusion.name, conclusion.date.isoformat()
