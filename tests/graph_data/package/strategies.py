"""Hypothesis strategies for valid accounts: any texts and numbers, and references that hold."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from graph_data.core.amount import read_number
from graph_data.core.records import (
    Account,
    AccountKey,
    AccountRecord,
    BudgetDeviationRecord,
    ColumnRecord,
    ComparisonRecord,
    DocumentRecord,
    FactRecord,
    FigureRecord,
    FundingRecord,
    GapRecord,
    IndicatorRecord,
    LeftOverRecord,
    LineRecord,
    NarrativeRecord,
    ProjectAliasRecord,
    ProjectRecord,
    RawCellRecord,
    ReadTableRecord,
    Source,
    StatementRecord,
    SubjectRecord,
    TermRecord,
    UnitRecord,
)
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
    Phase,
    ReadingStatus,
    Role,
    Side,
    StatementForm,
    Topic,
)
from graph_data.package import ordered

TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=8)
PLACES = st.integers(0, 99)
SOURCES = st.builds(
    Source,
    st.none() | TEXTS,
    st.none() | PLACES,
    st.none() | PLACES,
    st.none() | TEXTS,
    st.none() | TEXTS,
    st.integers(1, 2),
    st.none() | st.decimals(0, 1, places=2),
)
_PRINTED = st.sampled_from(["0", "0.00", "-", "—", "706", "1,883.42", "-3.5", "(2.10)", "１２．５", "99999999.99"])
NUMBERS = st.builds(read_number, _PRINTED, st.sampled_from(["万元", "元", "%", "分"]), st.integers(0, 4))

KEYS = st.builds(AccountKey, st.from_regex(r"\A[0-9]{6}\Z"), TEXTS, st.integers(1990, 2100))


@st.composite
def accounts(draw: st.DrawFn, keys: st.SearchStrategy[AccountKey] = KEYS) -> Account:
    """Any valid account, small: a few rows of each table that refer to one another as they should."""
    key = draw(keys)
    return _Maker(draw, key).account()


class _Maker:
    """Draws the tables of one account in the order in which they depend on each other."""

    def __init__(self, draw: st.DrawFn, key: AccountKey) -> None:
        self.draw, self.key = draw, key

    def account(self) -> Account:
        of = (TEXTS, st.none() | TEXTS, TEXTS, TEXTS, st.sampled_from(AccountKind), st.none() | TEXTS)
        opening = self.draw(st.builds(AccountRecord, st.just(self.key), *of))
        units = self._rows(UnitRecord, TEXTS, 2, 1, st.none() | TEXTS, TEXTS, st.booleans(), PLACES, SOURCES)
        projects = self._projects(units)
        numbered = [record.project for record in projects]
        subjects = self._subjects()
        statements = self._statements()
        forms = [record.form for record in statements if not record.is_empty]
        columns = tuple(self.draw(self._columns(form, column)) for form in forms for column in (1, 2))
        lines = tuple(self.draw(self._line(form, line, subjects)) for form in forms for line in (1, 2, 3))
        tables = self._rows(ReadTableRecord, PLACES, 2, 0, *self._read_table())
        gaps = self._rows(GapRecord, PLACES, 2, 0, *self._gap(tables)) if tables else ()
        return ordered(
            Account(
                opening,
                self._documents(),
                units,
                projects,
                tuple(self.draw(self._aliases(number)) for number in numbered),
                tuple(self.draw(self._funding(number)) for number in numbered),
                tuple(record for number in numbered for record in self._indicators(number)),
                subjects,
                statements,
                columns,
                lines,
                tuple(self.draw(self._figure(line)) for line in lines),
                self._rows(FactRecord, st.sampled_from(Topic), 3, 1, *self._fact()),
                self._rows(ComparisonRecord, TEXTS, 2, 1, *self._comparison()),
                self._rows(BudgetDeviationRecord, TEXTS, 2, 1, *self._deviation(subjects)),
                self._rows(TermRecord, PLACES, 2, 1, TEXTS, st.none(), st.none(), SOURCES),
                self._rows(NarrativeRecord, st.sampled_from(NarrativeKind), 3, 1, TEXTS, PLACES, TEXTS, SOURCES),
                tables,
                gaps,
                tuple(self.draw(self._raw_cells(each)) for each in gaps),
                self._rows(LeftOverRecord, PLACES, 2, 0, *self._left_over(tables)) if tables else (),
            )
        )

    def _documents(self) -> tuple[DocumentRecord, ...]:
        names = self.draw(st.lists(TEXTS, min_size=2, max_size=2, unique=True))
        digest = st.from_regex(r"\A[0-9a-f]{64}\Z")
        return tuple(
            DocumentRecord(self.key, place, name, self.draw(TEXTS), self.draw(digest))
            for place, name in enumerate(names, start=1)
        )

    def _read_table(self) -> tuple[st.SearchStrategy[Any], ...]:
        content, form = st.none() | st.sampled_from(Content), st.none() | st.sampled_from(StatementForm)
        reason = st.none() | st.sampled_from(GapReason)
        return (TEXTS, content, form, st.sampled_from(ReadingStatus), reason, st.none() | TEXTS, *[PLACES] * 5, SOURCES)

    def _gap(self, tables: tuple[ReadTableRecord, ...]) -> tuple[st.SearchStrategy[Any], ...]:
        table = st.sampled_from([each.position for each in tables])
        return (table, st.sampled_from(GapReason), TEXTS | st.just(""), st.none() | TEXTS, SOURCES)

    def _raw_cells(self, gap: GapRecord) -> st.SearchStrategy[RawCellRecord]:
        of = (st.just(gap.position), PLACES, PLACES, TEXTS | st.just(""), SOURCES)
        return st.builds(RawCellRecord, st.just(self.key), *of)

    def _left_over(self, tables: tuple[ReadTableRecord, ...]) -> tuple[st.SearchStrategy[Any], ...]:
        table = st.sampled_from([each.position for each in tables])
        return (table, st.none() | st.sampled_from(Topic), TEXTS, st.none() | TEXTS, SOURCES)

    def _rows(self, record: Any, firsts: Any, most: int, least: int, *rest: Any) -> tuple[Any, ...]:
        """Rows of a table whose first field after the account tells them apart."""
        unique = self.draw(st.lists(firsts, min_size=least, max_size=most, unique=True))
        return tuple(self.draw(st.builds(record, st.just(self.key), st.just(first), *rest)) for first in unique)

    def _projects(self, units: tuple[UnitRecord, ...]) -> tuple[ProjectRecord, ...]:
        unit = st.sampled_from([record.unit for record in units])
        maybe = st.none() | NUMBERS
        sheet = st.none() | st.builds(Source, TEXTS, st.none(), PLACES)
        rest = (TEXTS, unit, maybe, st.none() | TEXTS, maybe, maybe, SOURCES, sheet, sheet)
        return self._rows(ProjectRecord, PLACES, 2, 0, *rest)

    def _aliases(self, project: int) -> st.SearchStrategy[ProjectAliasRecord]:
        return st.builds(ProjectAliasRecord, st.just(self.key), st.just(project), TEXTS, SOURCES)

    def _funding(self, project: int) -> st.SearchStrategy[FundingRecord]:
        of = (st.sampled_from(FundSource), st.sampled_from(FundingQuantity), NUMBERS, SOURCES)
        return st.builds(FundingRecord, st.just(self.key), st.just(project), *of)

    def _indicators(self, project: int) -> list[IndicatorRecord]:
        decimal = st.none() | st.decimals(-1000, 1000, allow_nan=False, places=2)
        said = (st.none() | TEXTS, st.none() | st.sampled_from(Comparator), decimal, st.none() | TEXTS)
        kind = st.none() | st.sampled_from(IndicatorKind)
        rest = (TEXTS, kind, *said, *said, st.none() | NUMBERS, st.none() | NUMBERS, SOURCES)
        paths = ["1", "1.1", "1.1.2", "1.1.10"][: self.draw(st.integers(0, 4))]
        first = (st.just(self.key), st.just(project))
        return [self.draw(st.builds(IndicatorRecord, *first, st.just(path), *rest)) for path in paths]

    def _subjects(self) -> tuple[SubjectRecord, ...]:
        codes = self.draw(st.lists(st.from_regex(r"\A[0-9]{3}([0-9]{2}){0,2}\Z"), min_size=1, max_size=3, unique=True))
        return tuple(SubjectRecord(self.key, Classification.FUNCTIONAL, code, self.draw(TEXTS)) for code in codes)

    def _statements(self) -> tuple[StatementRecord, ...]:
        empty = st.booleans().flatmap(
            lambda yes: st.tuples(st.just(yes), st.sampled_from(EmptyReason) if yes else st.none())
        )
        forms = self.draw(st.lists(st.sampled_from(StatementForm), max_size=2, unique=True))
        return tuple(
            StatementRecord(
                self.key,
                form,
                self.draw(PLACES),
                self.draw(TEXTS),
                self.draw(st.none() | TEXTS),
                "万元",
                *self.draw(empty),
                self.draw(SOURCES),
            )
            for form in forms
        )

    def _columns(self, form: StatementForm, column: int) -> st.SearchStrategy[ColumnRecord]:
        sides = (st.none() | st.sampled_from(Side), st.none() | st.sampled_from(Phase))
        rest = (st.sampled_from(ColumnKey), *sides, TEXTS | st.just(""), st.none() | TEXTS)
        return st.builds(ColumnRecord, st.just(self.key), st.just(form), st.just(column), *rest)

    def _line(
        self, form: StatementForm, line: int, subjects: tuple[SubjectRecord, ...]
    ) -> st.SearchStrategy[LineRecord]:
        parent = st.none() | st.integers(1, line - 1) if line > 1 else st.none()
        coded: list[tuple[Any, Any]] = [(each.classification, each.code) for each in subjects]
        halves = (st.none() | st.sampled_from(Side), st.none() | PLACES)
        first = (st.just(self.key), st.just(form), st.just(line), parent, *halves, TEXTS | st.just(""))
        item = st.none() | st.sampled_from(LineItem)
        return st.sampled_from([(None, None), *coded]).flatmap(
            lambda subject: st.builds(LineRecord, *first, item, *map(st.just, subject), SOURCES)
        )

    def _figure(self, line: LineRecord) -> st.SearchStrategy[FigureRecord]:
        at = (st.just(line.form), st.just(line.line), st.sampled_from((1, 2)))
        return st.builds(FigureRecord, st.just(self.key), *at, NUMBERS, SOURCES)

    def _fact(self) -> tuple[st.SearchStrategy[Any], ...]:
        return (TEXTS, PLACES, st.sampled_from(Role), TEXTS, st.none() | st.just("2022-12-31"), NUMBERS, SOURCES)

    def _comparison(self) -> tuple[st.SearchStrategy[Any], ...]:
        return (PLACES, TEXTS, st.sampled_from(Measure), st.sampled_from(Direction), SOURCES)

    def _deviation(self, subjects: tuple[SubjectRecord, ...]) -> tuple[st.SearchStrategy[Any], ...]:
        code = st.none() | st.sampled_from([each.code for each in subjects])
        reasons = st.lists(st.sampled_from(DeviationReason), max_size=3).map(tuple)
        return (PLACES, code, st.none() | st.sampled_from(Direction), reasons, SOURCES)
