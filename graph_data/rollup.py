"""Totals over groups of figures: what they sum to, what the documents print, and how complete both are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, unique
from typing import TYPE_CHECKING

import numpy as np

from graph_data.amount import Interval
from graph_data.errors import QuestionError
from graph_data.figures import DIMENSIONS, Figure, FigureSlice, MeasureTable
from graph_data.figures.axes import (
    AXES,
    CLASSIFICATIONS,
    COLUMN_AXES,
    DEEPEST,
    ENUMERATIONS,
    PROJECT_MEASURES,
    TOTAL,
    Axis,
    ordinal,
)
from graph_data.figures.grouping import Groups, Named, group
from graph_data.figures.matching import Rows, find, match, members_at
from graph_data.figures.memory import MemoryFigures, opening
from graph_data.figures.table import Ints
from graph_data.figures.where import AmountFilter, TreeFilter, Where, YearFilter, check_dimension, check_level, check_where
from graph_data.graph import Graph, Node, NodeKind, SubjectEntry
from graph_data.scores import CellRollup, ScoreRollup, cell_rollup, score_rollup
from graph_data.terms import Dimension, ExpenditureNature, Fund, Measure, ThreePublicItemKind
