"""The tables that can be exported, one file a table; the graph itself is in `formats`."""

from __future__ import annotations

from graph_data.exports.columns import Table
from graph_data.exports.tables.figures import FIGURES
from graph_data.exports.tables.findings import FINDINGS
from graph_data.exports.tables.indicators import INDICATORS
from graph_data.exports.tables.lines import LINES
from graph_data.exports.tables.projects import PROJECTS
from graph_data.exports.tables.subjects import SUBJECTS

TABLES: tuple[Table, ...] = (FIGURES, LINES, PROJECTS, INDICATORS, FINDINGS, SUBJECTS)
