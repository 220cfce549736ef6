"""The measured figures: which published numbers they are, in columns, with prefix sums over the trees."""

from __future__ import annotations

from graph_data.figures.axes import DIMENSIONS, Axis
from graph_data.figures.federation.engine import FederatedFigures
from graph_data.figures.figure import Figure
from graph_data.figures.memory import MemoryFigures
from graph_data.figures.slices import FigureSlice
from graph_data.figures.sums import SubtreeSums
from graph_data.figures.table import MeasureTable

__all__ = [
    "DIMENSIONS",
    "Axis",
    "FederatedFigures",
    "Figure",
    "FigureSlice",
    "MeasureTable",
    "MemoryFigures",
    "SubtreeSums",
]
