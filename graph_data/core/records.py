"""What a published final account says, as frozen records: one class a table of the package, one object a row.

Reading makes them, the package keeps them, the dataset links them. Every record opens with the account's key
and closes, where the document prints it in one place, with its source. `Number` and `Source` fields become
several columns on disk (see `package`). Nothing here is corrected, completed or averaged.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from decimal import Decimal

from graph_data.core.amount import Number
from graph_data.core.terms import (
    AccountKind,
    Classification,
    ColumnKey,
    Comparator,
    Content,
    DeviationReason,
    Direction,
    EmptyReason,
    FundingQuantity,
    FundSource,
    GapReason,
    IndicatorKind,
    LineItem,
    Measure,
    NarrativeKind,
    NarrativeOrigin,
    Phase,
    ReadingStatus,
    Role,
    Side,
    StatementForm,
    Topic,
)


@dataclass(frozen=True, slots=True, order=True)
class AccountKey:
    """One department's account of one fiscal year: the key that every table carries.

    `division` is the six-digit GB/T 2260 code; `department` the 预算部门代码, or the name where none is printed.
    """

    division: str
    department: str
    fiscal_year: int


@dataclass(frozen=True, slots=True)
class Source:
    """Where something stands: its part, page (of a PDF), line, row label, column heading, and in which document.

    `document` is the position of its DocumentRecord. `confidence`, from 0 to 1, is how sure the recognition of text in
    an image was; None for text that the document itself holds.
    """

    section: str | None
    page: int | None
    line: int | None
    row: str | None = None
    column: str | None = None
    document: int = 1
    confidence: Decimal | None = None


@dataclass(frozen=True, slots=True)
class AccountRecord:
    """部门决算 or 单位决算: whose account this is and of which year.

    Of a UNIT account `department_code` and `department_name` are the unit's own, and `superior` is the code, else the
    name, of the department (主管部门) that it belongs to, where that is known; None for a DEPARTMENT account.
    """

    account: AccountKey
    division_name: str
    department_code: str | None
    department_name: str
    title: str
    kind: AccountKind
    superior: str | None


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """公开文件: one file that the account was read from, from 1; its name is unlike that of the account's others."""

    account: AccountKey
    position: int
    name: str
    media_type: str
    sha256: str


Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One printed line or row of a document, at the page and line that sources name; no part of any account.

    `cells` are what it prints from left to right; of a line of words, one. `boxes` are theirs on a page that is turned
    clockwise by `turn` degrees: left, top, right and bottom in ten-thousandths of its width and height. A document
    without pages has none.
    """

    page: int | None
    line: int | None
    turn: int
    cells: tuple[str, ...]
    boxes: tuple[Box, ...]

    @property
    def text(self) -> str:
        return "\t".join(self.cells)


@dataclass(frozen=True, slots=True)
class UnitRecord:
    """预算单位. `unit` is its code, or its name where the document prints no code."""

    account: AccountKey
    unit: str
    code: str | None
    name: str
    is_headquarters: bool
    position: int
    source: Source


@dataclass(frozen=True, slots=True)
class ProjectRecord:
    """项目: its place in the summary of self-evaluations and, where its sheet is attached, the printed totals.

    `total_max_score` and `total_score` are the 总分 row of the sheet, which stands at `total_source`.
    """

    account: AccountKey
    project: int
    name: str
    unit: str
    self_evaluation_score: Number | None
    grade: str | None
    total_max_score: Number | None
    total_score: Number | None
    source: Source
    sheet_source: Source | None
    total_source: Source | None


@dataclass(frozen=True, slots=True)
class ProjectAliasRecord:
    """Another spelling of a project's name in the same document."""

    account: AccountKey
    project: int
    name: str
    source: Source


@dataclass(frozen=True, slots=True)
class FundingRecord:
    """One printed number of the funds block of a sheet: a source's amount by phase, or its 分值, 执行率, 得分."""

    account: AccountKey
    project: int
    fund_source: FundSource
    quantity: FundingQuantity
    number: Number
    source: Source


@dataclass(frozen=True, slots=True)
class IndicatorRecord:
    """绩效指标. `indicator` is its path in the sheet's tree: "2.1.3"; its parent is "2.1", its level 3.

    At level 1 `max_score` is the printed weight of the group, (50分).
    """

    account: AccountKey
    project: int
    indicator: str
    name: str
    kind: IndicatorKind | None
    target_text: str | None
    target_comparator: Comparator | None
    target_value: Decimal | None
    target_unit: str | None
    actual_text: str | None
    actual_comparator: Comparator | None
    actual_value: Decimal | None
    actual_unit: str | None
    max_score: Number | None
    score: Number | None
    source: Source

    @property
    def level(self) -> int:
        return self.indicator.count(".") + 1

    @property
    def parent(self) -> str | None:
        return self.indicator.rpartition(".")[0] or None


@dataclass(frozen=True, slots=True)
class SubjectRecord:
    """科目 as this document names it; its level follows from its code."""

    account: AccountKey
    classification: Classification
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class StatementRecord:
    """One published table. `empty_reason` is given exactly where `is_empty`."""

    account: AccountKey
    form: StatementForm
    position: int
    title: str
    printed_number: str | None
    amount_unit: str
    is_empty: bool
    empty_reason: EmptyReason | None
    source: Source


@dataclass(frozen=True, slots=True)
class ColumnRecord:
    """An amount column of a statement: what it holds, its headings from the top down, its 栏次 where printed.

    `side` is given where rows of only that half of the table have the column; `phase` where the table prints
    budget and final side by side.
    """

    account: AccountKey
    form: StatementForm
    column: int
    key: ColumnKey
    side: Side | None
    phase: Phase | None
    heading: str
    column_number: str | None


@dataclass(frozen=True, slots=True)
class LineRecord:
    """One printed row of a statement (of one half, where two stand side by side), in printed order.

    `parent` is the row that this one is a part of; `line_number` the printed 行次. A row that prints only its
    行次 has an empty label.
    """

    account: AccountKey
    form: StatementForm
    line: int
    parent: int | None
    side: Side | None
    line_number: int | None
    label: str
    item: LineItem | None
    classification: Classification | None
    code: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class FigureRecord:
    """One printed cell of a statement. A cell of the table without a record is blank."""

    account: AccountKey
    form: StatementForm
    line: int
    column: int
    number: Number
    source: Source


@dataclass(frozen=True, slots=True)
class FactRecord:
    """One number that the prose states, with its place in the passage.

    `item` is what it is about within the topic (a subject code, an enumeration's name, a project's number, or
    the document's own label); `position` tells passages of one topic and item apart, in printed order; `label`
    is what the document calls it; `as_of` the day (ISO 8601) of a stock such as vehicles.
    """

    account: AccountKey
    topic: Topic
    item: str
    position: int
    role: Role
    label: str
    as_of: str | None
    number: Number
    source: Source


@dataclass(frozen=True, slots=True)
class ComparisonRecord:
    """A passage that compares with the year before; its numbers are the facts (YEAR_COMPARISON, item, position)."""

    account: AccountKey
    item: str
    position: int
    label: str
    measure: Measure
    direction: Direction
    source: Source


@dataclass(frozen=True, slots=True)
class BudgetDeviationRecord:
    """年初预算 against 决算 of one subject (`code`), or of all (`code` None); its numbers are facts of that topic."""

    account: AccountKey
    item: str
    position: int
    code: str | None
    direction: Direction | None
    reasons: tuple[DeviationReason, ...]
    source: Source


@dataclass(frozen=True, slots=True)
class TermRecord:
    """名词解释: a defined term, and the subject that it names by (类)(款)(项), where it does."""

    account: AccountKey
    position: int
    term: str
    classification: Classification | None
    code: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class NarrativeRecord:
    """A passage of words: the only table that holds sentences.

    `about` names what it belongs to (the term's position, a project's number, an indicator, a form's name);
    `position` is its place among its kind; `origin` says whether the words are the document's.
    """

    account: AccountKey
    kind: NarrativeKind
    about: str
    position: int
    text: str
    source: Source
    origin: NarrativeOrigin = NarrativeOrigin.PRINTED


@dataclass(frozen=True, slots=True)
class ReadTableRecord:
    """读取状态: how far one title's table, sheet, list or passage was read; or an item that the contents promise.

    `content` is what it was recognised as, None where it was not; `form` which statement, where it is one. `reason` and
    `detail` say why it is not READ. What the contents promise and the document lacks is ABSENT, of the reason LACKING;
    its source is the line of the contents.

    `figures` counts the numbers that became figures, facts or sheet values, `headings` those that are codes, dates and
    numbers of headings, `raw` those in the raw cells of gaps, `left_over` those that nothing recognised. `numbers` is
    their sum: every numeric token that stands there.
    """

    account: AccountKey
    position: int
    title: str
    content: Content | None
    form: StatementForm | None
    status: ReadingStatus
    reason: GapReason | None
    detail: str | None
    numbers: int
    figures: int
    headings: int
    raw: int
    left_over: int
    source: Source


@dataclass(frozen=True, slots=True)
class GapRecord:
    """未读之处: a place that was not understood. What the contents promise and the document lacks is a gap as well.

    `table` is the position of the ReadTableRecord that it stands in, `text` what stands there (the row's label, the
    cell, the title of the table; empty where nothing does), `detail` what was expected in words that `reason` alone
    does not say, such as the headings that a form knows.
    """

    account: AccountKey
    position: int
    table: int
    reason: GapReason
    text: str
    detail: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class RawCellRecord:
    """原始单元格: one printed cell of a gap, as it stands there; `row` and `column` count from 1 within the gap."""

    account: AccountKey
    gap: int
    row: int
    column: int
    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class LeftOverRecord:
    """未归类数字: a number of the prose that no rule recognised, in printed order.

    `table` is the position of the ReadTableRecord that it stands in, `topic` what its passage is about, None where
    that was not recognised either, `around` the words that it stands in, None where sentences are not kept.
    """

    account: AccountKey
    position: int
    table: int
    topic: Topic | None
    text: str
    around: str | None
    source: Source


@dataclass(frozen=True, slots=True)
class Account:
    """Everything that its documents say: a tuple of records for each table, in the order of the documents.

    An account that was not read by us (one made by hand) has documents but no records of how they were read.
    """

    department: AccountRecord
    documents: tuple[DocumentRecord, ...]
    units: tuple[UnitRecord, ...]
    projects: tuple[ProjectRecord, ...]
    project_aliases: tuple[ProjectAliasRecord, ...]
    funding: tuple[FundingRecord, ...]
    indicators: tuple[IndicatorRecord, ...]
    subjects: tuple[SubjectRecord, ...]
    statements: tuple[StatementRecord, ...]
    columns: tuple[ColumnRecord, ...]
    lines: tuple[LineRecord, ...]
    figures: tuple[FigureRecord, ...]
    facts: tuple[FactRecord, ...]
    comparisons: tuple[ComparisonRecord, ...]
    budget_deviations: tuple[BudgetDeviationRecord, ...]
    terms: tuple[TermRecord, ...]
    narratives: tuple[NarrativeRecord, ...]
    read_tables: tuple[ReadTableRecord, ...]
    gaps: tuple[GapRecord, ...]
    raw_cells: tuple[RawCellRecord, ...]
    left_over: tuple[LeftOverRecord, ...]

    @property
    def key(self) -> AccountKey:
        return self.department.account


TABLES = tuple(field.name for field in fields(Account))
