"""The published tables, read by meaning: what a form holds is data (`forms`), what its headings mean is grammar
(`headings`), how it is laid out is one of four shapes, and its own sums confirm or reject what was understood."""

from graph_data.reading.statements.frame import Statement
from graph_data.reading.statements.reader import read_statement

__all__ = ["Statement", "read_statement"]
