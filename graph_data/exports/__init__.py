"""The dataset for other programs: tables and the graph, streamed chunk by chunk, every amount exact.

`Export.of` says what is asked for and refuses what cannot be; `chunks` then writes it. Every list of the API is a
table, by the same `where` and `orderBy`; an analysis is one too. Nothing but the places of the selected rows is held.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from graph_data.analysis import AnalysisQuestion, analyze
from graph_data.core.errors import QuestionError
from graph_data.core.terms import Language
from graph_data.dataset import Dataset
from graph_data.exports.analysis import MEANING, NAME, analysis_columns, analysis_rows
from graph_data.exports.asked import Asked, asked, asked_of
from graph_data.exports.columns import Column, Kind, Row, Table
from graph_data.exports.figures import FIGURES, LINES
from graph_data.exports.findings import FINDINGS
from graph_data.exports.formats import TABLE_FORMATS
from graph_data.exports.graph_formats import GRAPH_FORMATS
from graph_data.exports.lists import list_table
from graph_data.exports.projects import INDICATORS, PROJECTS
from graph_data.exports.prose import BUDGET_DEVIATIONS, FACTS, TERMS
from graph_data.exports.readings import GAPS, READINGS
from graph_data.exports.subjects import SUBJECTS
from graph_data.exports.workbook import About
from graph_data.lists.declared import ACCOUNTS, DEPARTMENTS, UNITS

__all__ = ["ANALYSIS", "GRAPH", "NAMES", "TABLES", "Asked", "Column", "Export", "Kind", "Table", "require_marked"]

TABLES: tuple[Table, ...] = (
    FIGURES,
    LINES,
    list_table(ACCOUNTS),
    list_table(DEPARTMENTS),
    list_table(UNITS),
    SUBJECTS,
    PROJECTS,
    INDICATORS,
    BUDGET_DEVIATIONS,
    FACTS,
    TERMS,
    FINDINGS,
    READINGS,
    GAPS,
)
"""Every table that can be exported. A format is a line of TABLE_FORMATS or GRAPH_FORMATS."""
GRAPH = "graph"
ANALYSIS = NAME
_TABLES = {table.name: table for table in TABLES}
NAMES = {**dict.fromkeys(_TABLES, tuple(TABLE_FORMATS)), GRAPH: tuple(GRAPH_FORMATS)}
"""Everything that can be exported as it is, each with its formats; an analysis takes a question first."""
_VERSION_DIGITS = 12
_SHOWN = 60
_MOST_NOTED = 2_000


@dataclass(frozen=True, slots=True)
class Export:
    """One export of a dataset: what, in which format, and what was asked. `bom` is for CSV alone."""

    dataset: Dataset
    what: str
    format: str
    asked: Asked | AnalysisQuestion
    language: Language = Language.ZH
    bom: bool = False
    told: str = ""

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        what: str,
        format: str,
        given: Iterable[tuple[str, str]] | Mapping[str, object] = (),
        bom: bool = False,
    ) -> Export:
        """The export that pairs of name and text, or an object as the API's arguments are, ask for.

        Raises QuestionError for anything that is no export; `chunks` does for what does not fit it.
        """
        if format not in NAMES.get(what, ()):
            raise QuestionError(f"{what[:_SHOWN]!r} as {format[:_SHOWN]!r} is no export; there are {all_names()}")
        require_marked(format, bom)
        if what == GRAPH:
            if list(given):
                raise QuestionError("graph: always exported whole; leave the filters out, or export a table")
            return cls(dataset, what, format, Asked())
        table = _TABLES[what]
        question = asked_of(given) if isinstance(given, Mapping) else asked(given, table.fields, table.operators)
        return cls(dataset, what, format, question, question.language, bom, question.told)

    @property
    def media_type(self) -> str:
        """The content type of what `chunks` gives."""
        if self.what == GRAPH:
            return GRAPH_FORMATS[self.format].media_type
        return TABLE_FORMATS[self.format].media_type

    @property
    def file_name(self) -> str:
        """juesuan-figures-2022-ef330bcb01fc.csv: what, of which years, of which version of the dataset."""
        years = "-".join(map(str, self._years()))
        parts = ("juesuan", self.what, years, self.dataset.version[:_VERSION_DIGITS])
        return f"{'-'.join(filter(None, parts))}.{self.format}"

    @property
    def tag(self) -> str:
        """The same for the same rows of the same dataset in the same columns, and for nothing else."""
        columns = _TABLES[self.what].columns if self.what in _TABLES else ()
        told = (self.dataset.version, self.what, self.format, self.told, self.language, self.bom, columns)
        return hashlib.blake2b(repr(told).encode("utf-8", "backslashreplace"), digest_size=16).hexdigest()

    def chunks(self) -> Iterator[bytes]:
        """The export itself. Raises QuestionError at once where the filter does not fit the table."""
        if self.what == GRAPH:
            return GRAPH_FORMATS[self.format].encode(self.dataset)
        columns, rows, meaning = self._table()
        about = About(self.language, self._notes(meaning) if self.format == "xlsx" else (), self.bom)
        return TABLE_FORMATS[self.format].encode(columns, rows, about)

    def _table(self) -> tuple[tuple[Column, ...], Iterator[Row], str]:
        if isinstance(self.asked, Asked):
            table = _TABLES[self.what]
            return table.columns, table.rows(self.dataset, self.asked), table.meaning
        made = analyze(self.dataset, self.asked)
        return analysis_columns(made), analysis_rows(made), MEANING

    def _years(self) -> tuple[int, ...]:
        """The first and the last year that it may hold, or the only one."""
        years = self.dataset.fiscal_years
        if isinstance(self.asked, Asked):
            year = _year_of(self.asked.where)
        else:
            year = analyze(self.dataset, self.asked).fiscal_year
        return tuple(dict.fromkeys(years[:1] + years[-1:])) if year is None else (year,)

    def _notes(self, meaning: str) -> tuple[tuple[str, str, str], ...]:
        """What a reader of the file alone has to know of it."""
        dataset, read = self.dataset, len(self.dataset.keys)
        expected = read + len(dataset.refused)
        words = "{read} / {expected}"
        return (
            ("内容", "What", meaning),
            ("年度", "Fiscal years", "-".join(map(str, self._years()))),
            ("查询", "Query", self.told[:_MOST_NOTED]),
            ("数据版本", "Dataset version", dataset.version),
            ("导出日期", "Date of export", datetime.now(UTC).date().isoformat()),
            ("覆盖（已载入/应有决算）", "Coverage (accounts read / given)", words.format(read=read, expected=expected)),
            ("金额单位", "Unit of amounts", "万元"),
        )


def _year_of(where: object) -> int | None:
    """The one year that a filter names, plainly or among conditions that all must hold; None where it names none."""
    if not isinstance(where, Mapping):
        return None
    condition, parts = where.get("fiscalYear"), where.get("and")
    year = condition.get("eq") if isinstance(condition, Mapping) else None
    if isinstance(year, int):
        return year
    years = map(_year_of, parts) if isinstance(parts, list) else ()
    return next((each for each in years if each is not None), None)


def require_marked(format: str, bom: bool) -> None:
    """Raises QuestionError where a byte order mark is asked for of what has none."""
    if bom and format != "csv":
        raise QuestionError("bom: only CSV has a byte order mark; leave it out, or ask for csv")


def all_names() -> str:
    """figures.csv, figures.jsonl, …"""
    return ", ".join(f"{what}.{format}" for what, formats in NAMES.items() for format in formats)
