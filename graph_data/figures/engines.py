"""Every engine of the figures; all answer the questions of `base.Figures` alike."""

from __future__ import annotations

from graph_data.figures.federation.engine import FederatedFigures
from graph_data.figures.ibis.engine import IbisFigures
from graph_data.figures.memory import MemoryFigures

ENGINES = (MemoryFigures, FederatedFigures, IbisFigures)
