"""Several processes behind one socket: each serves as one alone would, and one that serves nothing keeps them alive.

They share no memory but the pages of files that all of them have mapped, such as an index. What a process counts, keeps
or allows (metrics, answers, rates) it does for itself.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess

from serving.process.logs import configure, logger
from serving.process.settings import Settings

Serve = Callable[..., int]  # (settings, listening, loads_first=…)
_CANNOT_SERVE = 1
_PAUSE = 1  # second before a worker is started again, so that what kills every one does not keep a core busy


@dataclass(slots=True)
class Workers:
    """As many processes as the settings say, started again where one ends without being told to."""

    settings: Settings
    listening: socket.socket
    serve: Serve
    _running: dict[SpawnProcess, int] = field(default_factory=dict)
    _stopping: bool = False

    def run(self) -> int:
        """Until told to stop: 0 after a clean stop, 1 where a worker cannot serve."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self._stop())
        for place in range(self.settings.workers):  # the first says that it is not ready; the others come when they are
            self._start(loads_first=place > 0)
        failed = 0
        while self._running:
            wait([process.sentinel for process in self._running])
            for process in [each for each in self._running if not each.is_alive()]:
                failed = max(failed, self._ended(process))
        return failed

    def _start(self, *, loads_first: bool) -> None:
        arguments = self.settings, self.listening, self.serve, loads_first
        process = get_context("spawn").Process(target=_work, args=arguments)
        hold_hang_up()
        process.start()
        self._running[process] = time.monotonic_ns()
        if self._stopping:
            self._signal(signal.SIGTERM)
        on_hang_up(lambda: self._signal(signal.SIGHUP))

    def _ended(self, process: SpawnProcess) -> int:
        """Start another in its place, or stop them all where that would end the same way; 1 where it failed."""
        lived = (time.monotonic_ns() - self._running.pop(process)) // 10**9
        if self._stopping:
            return 0
        logger().error("worker ended", pid=process.pid, code=process.exitcode, seconds=lived)
        if process.exitcode is not None and process.exitcode > 0:
            self._stop()
            return _CANNOT_SERVE
        time.sleep(_PAUSE)
        self._start(loads_first=True)  # others answer meanwhile
        return 0

    def _stop(self) -> None:
        self._stopping = True
        self._signal(signal.SIGTERM)

    def _signal(self, number: signal.Signals) -> None:
        for pid in _pids(self._running):
            os.kill(pid, number)


def hold_hang_up() -> None:
    """SIGHUP waits until there is something to reload, here and in a process that is started meanwhile."""
    signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGHUP,))


def on_hang_up(reload: Callable[[], None]) -> None:
    """SIGHUP, also one that has waited, has this called from now on."""
    signal.signal(signal.SIGHUP, lambda *_: reload())
    signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGHUP,))


def _pids(processes: Iterable[SpawnProcess]) -> list[int]:
    return [process.pid for process in processes if process.pid is not None and process.is_alive()]


def _work(settings: Settings, listening: socket.socket, serve: Serve, loads_first: bool) -> None:
    configure(settings.log_level)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    raise SystemExit(serve(settings, listening, loads_first=loads_first))


def _end_with_parent() -> None:
    """A worker whose parent was killed would hold the port against the next start."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)
