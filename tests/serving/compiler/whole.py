"""What random questions of the whole schema are filled with: ids, codes, names and cursors, good ones and bad ones."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

from graph_data import load
from graph_data.dataset import Dataset
from graph_data.graph import NodeKind
from graph_data.lists.performance import PROJECTS
from resolvers.lists import selected
from resolvers.paging import Cut
from tests.serving.compiler.asking import Pools

_PACKAGES = Path(__file__).resolve().parents[3] / "graph_data" / "packages"


@cache
def shipped() -> Dataset:
    return load([_PACKAGES])


def pools(dataset: Dataset) -> Pools:
    """Values by the name of an argument, drawn from what a dataset holds."""
    dice = random.Random(1)
    nodes = dataset.graph.nodes()
    chosen = dice.sample(nodes, min(60, len(nodes)))
    ids = [node.id for node in chosen]
    departments = [node for node in nodes if node.kind is NodeKind.DEPARTMENT]
    subjects = [node.code for node in nodes if node.kind is NodeKind.SUBJECT and node.code is not None]
    codes = [node.code for node in nodes if node.kind is NodeKind.UNIT and node.code is not None]
    cursor = selected(dataset, PROJECTS, None, (), Cut(1, None)).cursor(0)
    return {
        "id": [*ids, "x:1", ""],
        "ids": [*ids, "department:1", "nonsense"],
        "from": ids,
        "to": ids,
        "department": [*(node.id for node in departments), "nobody"],
        "division": [*(node.id.split(":")[1].split("/")[0] for node in departments), "000000"],
        "code": [*codes, *subjects[:20], *(node.code for node in departments if node.code), "9"],
        "under": [*subjects[:20], "x"],
        "name": [*(node.name for node in chosen[:20]), "没有"],
        "nameContains": ["局", "费", "项目", "", "无此名"],
        "text": ["费", "办公室", "支出 项目", "", "zzz"],
        "kinds": ["Project", "Subject", "Nothing"],
        "check": ["table.subjects", "nothing"],
        "after": [cursor, "", "bad"],
        "first": [0, 1, 2, 3, 3, 3, 501, -1],
        "fiscalYear": [*dataset.fiscal_years, 1999],
        "level": [1, 2, 3, 9],
        "maxDepth": [0, 1, 2, -1],
        "String": [*subjects[:3], "x"],
        "Int": [1, 2, 3, *dataset.fiscal_years],
        "Boolean": [True, False],
        "Decimal": ["1", "100.5", "0", "1e5"],
        "ID": ids,
        "Cursor": ["bad"],
    }
