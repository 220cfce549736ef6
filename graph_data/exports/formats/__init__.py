"""How exports are written: three formats of a table, two of the graph; each one file with `encode` and MEDIA_TYPE."""

from __future__ import annotations

from types import ModuleType

from graph_data.exports.formats import csv, graphml, jsonl, node_link, parquet

TABLE_FORMATS: dict[str, ModuleType] = {"csv": csv, "jsonl": jsonl, "parquet": parquet}
GRAPH_FORMATS: dict[str, ModuleType] = {"graphml": graphml, "json": node_link}
