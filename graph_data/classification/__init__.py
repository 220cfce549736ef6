"""Codes of subjects and divisions: their levels, parents, names, and their counterparts in other schemes."""

from __future__ import annotations

from graph_data.classification.codes import level_of, parent_of, prefixes, subject_level
from graph_data.classification.crosswalk import Counterpart, counterparts
from graph_data.classification.divisions import DivisionMatch, division_name, division_of, match_division

__all__ = [
    "Counterpart",
    "DivisionMatch",
    "counterparts",
    "division_name",
    "division_of",
    "level_of",
    "match_division",
    "parent_of",
    "prefixes",
    "subject_level",
]
