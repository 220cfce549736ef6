"""The engine on this machine: shards are built in as many processes as there are workers, each one at a time."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from graph_data.core.errors import UnfinishedError
from graph_data.index.shards import Outcome, ShardOrder, outcome_of


@dataclass(frozen=True, slots=True)
class Processes:
    """At most `workers` processes; one shard at a time stays in this one."""

    workers: int

    @classmethod
    def everywhere(cls) -> Processes:
        """As many as there are cores for us."""
        return cls(len(os.sched_getaffinity(0)))

    def run(self, orders: Sequence[ShardOrder], done: Callable[[ShardOrder], None]) -> Sequence[Outcome]:
        """Build the shards, the largest first. Raises UnfinishedError where a worker is killed."""
        largest_first = sorted(orders, key=_size, reverse=True)
        if min(self.workers, len(orders)) > 1:
            return _in_processes(largest_first, min(self.workers, len(orders)), done)
        outcomes = []
        for order in largest_first:
            outcomes.append(outcome_of(order))
            done(order)
        return outcomes


def _in_processes(orders: Sequence[ShardOrder], workers: int, done: Callable[[ShardOrder], None]) -> Sequence[Outcome]:
    outcomes = []
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _end_with_parent) as pool:
        try:
            under_way = {pool.submit(outcome_of, order): order for order in orders}
            for finished in as_completed(under_way):
                outcomes.append(finished.result())
                done(under_way[finished])
        except (BrokenProcessPool, BrokenPipeError):  # the latter where it is killed while it starts
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


def _size(order: ShardOrder) -> int:
    """Bytes of its packages; what cannot be looked at is nothing here, and an error where it is read."""
    return sum(sum(file.stat().st_size for file in Path(package).glob("*.csv")) for package in order.packages)
