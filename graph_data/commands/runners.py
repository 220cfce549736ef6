"""Where jobs on documents run: in confined processes here, or in such processes of the workers of a Spark cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from graph_data.commands.confined import Confined, OnPage
from graph_data.core.cluster import first_line, spark_context
from graph_data.core.errors import JuesuanError, UnfinishedError

_Order = tuple[tuple[str, ...], str, Callable[..., Any], tuple[Any, ...], int]
_SLOTS = 64  # jobs that a driver waits for at once, at most
_servers: dict[tuple[str, ...], Confined] = {}  # of this process of a worker, by the modules that they import


class Runner(Protocol):
    """What runs one job at a time, as `Confined` does."""

    def run(self, name: str, job: Callable[..., Any], *arguments: Any, on_page: OnPage, pages: int = 0) -> Any:
        """What the job gives; raises what it raises."""


@contextmanager
def runners(cluster: str | None, count: int, modules: Sequence[str]) -> Iterator[Sequence[Runner]]:
    """At most `count` runners here; on a cluster one for each of its cores.

    Raises UnfinishedError where the cluster cannot be used.
    """
    with ExitStack() as stack:
        if cluster is None:
            yield [stack.enter_context(Confined(*modules)) for _ in range(count)]
        else:
            context = stack.enter_context(spark_context(cluster, "read"))
            yield [OnCluster(context, tuple(modules))] * min(_SLOTS, max(1, context.defaultParallelism))


@dataclass(frozen=True, slots=True)
class OnCluster:
    """Gives each job to a worker, which reads and writes files under the same paths as this machine."""

    context: Any
    modules: tuple[str, ...]

    def run(self, name: str, job: Callable[..., Any], *arguments: Any, on_page: OnPage, pages: int = 0) -> Any:
        """The same as `Confined.run`, without the pages. Raises UnfinishedError where the cluster fails."""
        from py4j.protocol import Py4JError  # noqa: PLC0415 - comes with pyspark

        del on_page
        order: _Order = self.modules, name, job, arguments, pages
        try:
            ((is_error, found),) = self.context.parallelize([order], 1).map(_done).collect()
        except Py4JError as error:
            raise UnfinishedError(f"the cluster failed; what is finished is kept: {first_line(error)}") from None
        if is_error:
            raise found
        return found


def _done(order: _Order) -> tuple[bool, Any]:
    """Do a job in a confined process of a worker, which is begun once: what it gives, or the error that it raises."""
    modules, name, job, arguments, pages = order
    server = _servers.get(modules)
    if server is None or not server.is_alive:
        server = _servers[modules] = Confined(*modules)
    try:
        return False, server.run(name, job, *arguments, on_page=lambda _done, _total: None, pages=pages)
    except (JuesuanError, OSError) as error:
        return True, error
