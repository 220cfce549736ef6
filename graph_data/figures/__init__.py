"""The measured figures: which published numbers they are, in columns, with prefix sums over the trees."""

from __future__ import annotations

from graph_data.figures.columns import FigureSlice, MeasureTable
from graph_data.figures.federation.engine import FederatedFigures
from graph_data.figures.measures import DIMENSIONS, Axis, Figure
from graph_data.figures.memory import MemoryFigures
from graph_data.figures.prefix_sums import PrefixSums

__all__ = [
    "DIMENSIONS",
    "Axis",
    "FederatedFigures",
    "Figure",
    "FigureSlice",
    "MeasureTable",
    "MemoryFigures",
    "PrefixSums",
]
