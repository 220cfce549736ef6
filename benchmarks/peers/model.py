"""What the Strawberry peers load: the rows of `benchmarks.data`, and money as Juesuan prints it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def load(file: Path) -> dict[str, list[Row]]:
    """The tables, each a list of rows."""
    tables: dict[str, list[Row]] = json.loads(file.read_text())
    return tables


def wan_yuan(fen: int) -> str:
    """分 as 万元, exactly, with at least two decimals."""
    whole, rest = divmod(abs(fen), 1_000_000)
    return f"{'-' if fen < 0 else ''}{whole}.{f'{rest:06d}'.rstrip('0').ljust(2, '0')}"
