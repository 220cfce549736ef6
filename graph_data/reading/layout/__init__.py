"""The layout model that every kind of document becomes: blocks of paragraphs and tables, each with its place."""

from graph_data.reading.layout.blocks import (
    Block,
    Document,
    File,
    Laid,
    Paragraph,
    Place,
    Row,
    Table,
    Unread,
    compact,
)
from graph_data.reading.layout.grid import Grid, read_grid
from graph_data.reading.layout.regions import Region, split
from graph_data.reading.layout.settling import settle

__all__ = [
    "Block",
    "Document",
    "File",
    "Grid",
    "Laid",
    "Paragraph",
    "Place",
    "Region",
    "Row",
    "Table",
    "Unread",
    "compact",
    "read_grid",
    "settle",
    "split",
]
