"""How often one question crosses between the project's files: `python -m benchmarks.crossings` prints a table.

A crossing is a call from a function of one of our files to a function of another; functions of libraries in between
are looked through, and a plan counts as a file of its own. The whole service answers without a network: each question
for the first time (`first call`), and once its plan is made (`plan`), with neither fragments nor answers cached.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

import orjson

from server import create_app
from serving.process.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
ROOMS = tuple(f"{ROOT / room}/" for room in ("graph_data", "resolvers", "schema", "serving"))
QUESTION = "{ departments(first: 1) { nodes { name rollup(measure: EXPENDITURE) { derived { amount } } } } }"


class Crossings:
    """Counts calls between files while it is entered, in this thread and in those begun meanwhile."""

    def __init__(self) -> None:
        self.pairs: Counter[tuple[str, str]] = Counter()

    def __enter__(self) -> Crossings:
        sys.setprofile(self._event)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    @property
    def count(self) -> int:
        return self.pairs.total()

    def _event(self, frame: FrameType, event: str, _: object) -> None:
        if event != "call" or (callee := _file(frame)) is None:
            return
        caller = frame.f_back
        while caller is not None and _file(caller) is None:
            caller = caller.f_back
        if caller is not None and (file := _file(caller)) != callee:
            self.pairs[str(file), callee] += 1


def _file(frame: FrameType) -> str | None:
    """The file of ours that a frame belongs to; None for any other."""
    name = frame.f_code.co_filename
    return name if name.startswith(ROOMS) or name.startswith("<plan") or name == str(ROOT / "server.py") else None
