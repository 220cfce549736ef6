"""The dataset for other programs: tables and the graph, streamed chunk by chunk, every amount exact.

`Export.of` says what is asked for and refuses what cannot be; `chunks` then writes it. Nothing but the places of the
selected figures is ever held whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from graph_data.core.errors import QuestionError
from graph_data.dataset import Dataset
from graph_data.exports.columns import Column, Kind, Table
from graph_data.exports.figures import FIGURES, LINES
from graph_data.exports.filters import Asked, asked
from graph_data.exports.findings import FINDINGS
from graph_data.exports.formats import TABLE_FORMATS, TableFormat, encode_csv
from graph_data.exports.graph_formats import GRAPH_FORMATS, GraphFormat
from graph_data.exports.projects import INDICATORS, PROJECTS
from graph_data.exports.readings import GAPS, READINGS
from graph_data.exports.subjects import SUBJECTS
from graph_data.members import settled

__all__ = ["GRAPH", "NAMES", "TABLES", "Asked", "Column", "Export", "Kind", "Table", "asked"]

TABLES: tuple[Table, ...] = (FIGURES, LINES, PROJECTS, INDICATORS, FINDINGS, SUBJECTS, READINGS, GAPS)
"""Every table that can be exported. A format is a line of TABLE_FORMATS or GRAPH_FORMATS."""
GRAPH = "graph"
_TABLES = {table.name: table for table in TABLES}
NAMES = {**dict.fromkeys(_TABLES, tuple(TABLE_FORMATS)), GRAPH: tuple(GRAPH_FORMATS)}
"""Everything that can be exported, each with its formats."""
_VERSION_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Export:
    """One question for an export of a dataset: what, in which format, of which rows; `bom` is for CSV alone."""

    dataset: Dataset
    what: str
    format: str
    asked: Asked
    bom: bool = False

    @classmethod
    def of(
        cls, dataset: Dataset, what: str, format: str, pairs: Iterable[tuple[str, str]], bom: bool = False
    ) -> Export:
        """Raises QuestionError for anything that is no export or no filter of one, MemberError for unknown members."""
        if format not in NAMES.get(what, ()):
            raise QuestionError(f"{what[:60]!r} as {format[:60]!r} is no export; there are {all_names()}")
        if bom and format != "csv":
            raise QuestionError("bom: only CSV has a byte order mark; leave it out, or ask for csv")
        question = asked(pairs)
        if question.across_years and what != SUBJECTS.name:
            raise QuestionError("acrossYears: only subjects holds sums; leave it out, or export subjects")
        if question.where is not None:
            question = replace(question, where=settled(dataset, question.where))
        if what == GRAPH and question != Asked():
            raise QuestionError("graph: always exported whole; leave the filters out, or export a table")
        return cls(dataset, what, format, question, bom)

    @property
    def media_type(self) -> str:
        """The content type of what `chunks` gives."""
        formats: Mapping[str, TableFormat | GraphFormat] = GRAPH_FORMATS if self.what == GRAPH else TABLE_FORMATS
        return formats[self.format].media_type

    @property
    def file_name(self) -> str:
        """juesuan-figures-ef330bcb01fc.csv: a dataset of another version has another name."""
        return f"juesuan-{self.what}-{self.dataset.version[:_VERSION_DIGITS]}.{self.format}"

    @property
    def tag(self) -> str:
        """The same for the same rows of the same dataset in the same columns, and for nothing else."""
        columns = _TABLES[self.what].columns if self.what in _TABLES else ()
        told = (self.dataset.version, self.what, self.format, self.asked, self.bom, columns)
        return hashlib.blake2b(repr(told).encode("utf-8", "backslashreplace"), digest_size=16).hexdigest()

    def chunks(self) -> Iterator[bytes]:
        """The export itself. Raises QuestionError at once where the filter does not fit the table."""
        if self.what == GRAPH:
            return GRAPH_FORMATS[self.format].encode(self.dataset)
        table = _TABLES[self.what]
        rows = table.rows(self.dataset, self.asked)
        if self.format == "csv":
            return encode_csv(table.columns, rows, self.bom)
        return TABLE_FORMATS[self.format].encode(table.columns, rows)


def all_names() -> str:
    """figures.csv, figures.jsonl, …"""
    return ", ".join(f"{what}.{format}" for what, formats in NAMES.items() for format in formats)
