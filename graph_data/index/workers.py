"""Where shards are built: in processes of this machine, or as tasks of a Spark cluster.

A shard is built beside its folder and given its name once it is whole.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Any

from graph_data.core.cluster import first_line, spark_context
from graph_data.core.collector import collector_at_rest
from graph_data.core.errors import PackageError, UnfinishedError
from graph_data.index.layout import SHARD
from graph_data.index.writing import read_material, write_contents

UNFINISHED = ".unfinished-"


@dataclass(frozen=True, slots=True)
class ShardOrder:
    """A shard to be built: of which division, from which packages (their folders), and the folder it is to be."""

    division: str
    packages: tuple[str, ...]
    folder: str


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """How the building of a shard ended: what was wrong, as text, since errors do not travel between processes."""

    division: str
    failure: str | None


def is_built(order: ShardOrder) -> bool:
    """Is the shard there? It gets its name only when it is whole."""
    return (Path(order.folder) / SHARD).is_file()


def outcome_of(order: ShardOrder) -> BuildOutcome:
    """Build a shard, and say how that ended."""
    try:
        build_shard(order)
    except (PackageError, OverflowError, OSError) as error:
        return BuildOutcome(order.division, str(error))
    return BuildOutcome(order.division, None)


def build_shard(order: ShardOrder) -> None:
    """Build a shard beside its folder, and give it its name once it is whole; one that is there already is kept.

    A package that is not what its schema says is left out, and named in shard.json. Raises PackageError where the
    accounts of the division do not fit together, OverflowError where they are too many for one, OSError where they
    cannot be written.
    """
    target = Path(order.folder)
    if is_built(order):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=target.parent) as workshop:
        fresh = Path(workshop, target.name)
        fresh.mkdir()
        with collector_at_rest():
            write_contents(read_material(order.division, order.packages), fresh)
        gc.collect()  # of this division nothing stays when the next one is read
        _put(fresh, target)


def _put(fresh: Path, target: Path) -> None:
    """On the disk first, then under its name. One that another process has put there meanwhile is the same."""
    for path in (each for each in fresh.rglob("*") if each.is_file()):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    try:
        fresh.rename(target)
    except OSError:
        if not (target / SHARD).is_file():
            raise


@dataclass(frozen=True, slots=True)
class Processes:
    """At most `workers` processes; one shard at a time stays in this one."""

    workers: int

    @classmethod
    def everywhere(cls) -> Processes:
        """As many as there are cores for us."""
        return cls(len(os.sched_getaffinity(0)))

    def run(self, orders: Sequence[ShardOrder], done: Callable[[ShardOrder], None]) -> Sequence[BuildOutcome]:
        """Build the shards, the largest first. Raises UnfinishedError where a worker is killed."""
        largest_first = sorted(orders, key=_package_bytes, reverse=True)
        if min(self.workers, len(orders)) > 1:
            return _in_processes(largest_first, min(self.workers, len(orders)), done)
        outcomes = []
        for order in largest_first:
            outcomes.append(outcome_of(order))
            done(order)
        return outcomes


def _in_processes(
    orders: Sequence[ShardOrder], workers: int, done: Callable[[ShardOrder], None]
) -> Sequence[BuildOutcome]:
    outcomes = []
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _end_with_parent) as pool:
        try:
            under_way = {pool.submit(outcome_of, order): order for order in orders}
            for finished in as_completed(under_way):
                outcomes.append(finished.result())
                done(under_way[finished])
        except (BrokenProcessPool, BrokenPipeError):  # the latter where it is killed while it starts
            for worker in multiprocessing.active_children():  # one that starts as the pool breaks would never end
                worker.kill()
            raise UnfinishedError("a worker was killed; what is finished is kept, so build again") from None
        finally:
            pool.shutdown(cancel_futures=True)
    return outcomes


def _end_with_parent() -> None:
    """A worker whose parent is killed would wait for another shard for ever."""

    def wait_and_end() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    Thread(target=wait_and_end, daemon=True).start()


def _package_bytes(order: ShardOrder) -> int:
    """Bytes of its packages; what cannot be looked at is nothing here, and an error where it is read."""
    return sum(sum(file.stat().st_size for file in Path(package).glob("*.csv")) for package in order.packages)


_GLANCE = 1  # second between two looks at what is finished


@dataclass(frozen=True, slots=True)
class Spark:
    """A cluster by its URL, such as spark://host:7077.

    Its machines have the same Python at the same place and see the packages and the index under the same paths; the
    code is sent to them.
    """

    url: str

    def run(self, orders: Sequence[ShardOrder], done: Callable[[ShardOrder], None]) -> Sequence[BuildOutcome]:
        """Build the shards. A task whose worker is lost is given to another one.

        Raises UnfinishedError where pyspark is not installed or the cluster fails.
        """
        with spark_context(self.url, "build") as context, ThreadPoolExecutor(1) as pool:
            collected = pool.submit(_collect, context, list(orders))
            _watch(orders, collected, done)
            return collected.result()


def _watch(
    orders: Sequence[ShardOrder], collected: Future[list[BuildOutcome]], done: Callable[[ShardOrder], None]
) -> None:
    """Say which shards are there, until all tasks have ended."""
    waiting = list(orders)
    while waiting and not collected.done():
        time.sleep(_GLANCE)
        for order in filter(is_built, waiting[:]):
            waiting.remove(order)
            done(order)


def _collect(context: Any, orders: Sequence[ShardOrder]) -> list[BuildOutcome]:
    from py4j.protocol import Py4JError  # noqa: PLC0415

    try:
        outcomes: list[BuildOutcome] = context.parallelize(orders, len(orders)).map(outcome_of).collect()
    except Py4JError as error:
        raise UnfinishedError(f"the cluster failed; what is finished is kept: {first_line(error)}") from None
    return outcomes
