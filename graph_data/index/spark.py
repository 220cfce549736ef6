"""The engine on a Spark cluster: a task a shard, written by the worker to the folder that all machines share."""

from __future__ import annotations

import os
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph_data.core.errors import UnfinishedError
from graph_data.index.shards import Outcome, ShardOrder, is_built, outcome_of

_CODE = Path(__file__).resolve().parents[1]  # graph_data
_GLANCE = 1  # second between two looks at what is finished


@dataclass(frozen=True, slots=True)
class Spark:
    """A cluster by its URL, such as spark://host:7077.

    Its machines have the same Python at the same place and see the packages and the index under the same paths; the
    code is sent to them.
    """

    url: str

    def run(self, orders: Sequence[ShardOrder], done: Callable[[ShardOrder], None]) -> Sequence[Outcome]:
        """Build the shards. A task whose worker is lost is given to another one.

        Raises UnfinishedError where pyspark is not installed or the cluster fails.
        """
        with _context(self.url) as context, _code() as code:
            context.addPyFile(str(code))
            with ThreadPoolExecutor(1) as pool:
                collected = pool.submit(_collect, context, list(orders))
                _watch(orders, collected, done)
                return collected.result()


def _watch(orders: Sequence[ShardOrder], collected: Future[list[Outcome]], done: Callable[[ShardOrder], None]) -> None:
    """Say which shards are there, until all tasks have ended."""
    waiting = list(orders)
    while waiting and not collected.done():
        time.sleep(_GLANCE)
        for order in filter(is_built, waiting[:]):
            waiting.remove(order)
            done(order)


def _collect(context: Any, orders: Sequence[ShardOrder]) -> list[Outcome]:
    from py4j.protocol import Py4JError  # noqa: PLC0415

    try:
        outcomes: list[Outcome] = context.parallelize(orders, len(orders)).map(outcome_of).collect()
    except Py4JError as error:
        raise UnfinishedError(f"the cluster failed; what is finished is kept: {_first_line(error)}") from None
    return outcomes


@contextmanager
def _context(url: str) -> Iterator[Any]:
    """A driver in this process."""
    try:
        from pyspark import SparkConf, SparkContext  # noqa: PLC0415 - a group of its own, only where it is used
    except ImportError:
        raise UnfinishedError("pyspark is not installed; install the group `cluster` of pyproject.toml") from None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
    conf = SparkConf().setMaster(url).setAppName("juesuan build").setAll(list(settings.items()))
    context = SparkContext.getOrCreate(conf)
    try:
        yield context
    finally:
        context.stop()


@contextmanager
def _code() -> Iterator[Path]:
    """This code as one file, to be sent to the workers."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "graph_data.zip")
        with zipfile.ZipFile(archive, "w") as file:
            for module in sorted(_CODE.rglob("*.py")):
                file.write(module, module.relative_to(_CODE.parent))
        yield archive


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
