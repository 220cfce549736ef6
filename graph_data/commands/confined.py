"""Work on documents that may be made to do harm: each job in a process of its own, with bounds on memory and time.

A server process has everything imported and does nothing but fork: what a job allocates, leaks or breaks ends with
its process, and neither an abort nor an endless loop reaches the others. What a job gives comes back as a file.

python -m graph_data.commands.confined MODULE…   the server: it imports these and reads names of job files
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import pickle
import resource
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from graph_data.core.errors import DocumentError, JuesuanError

RECOGNISES = importlib.util.find_spec("rapidocr_onnxruntime") is not None  # whether scans are read here
MEMORY = (2400 if RECOGNISES else 900) * 1024 * 1024  # bytes of addresses beyond what the server has
SECONDS = 60 if RECOGNISES else 25  # of work on a job, and so many more for each page that is done
SECONDS_A_PAGE = 20 if RECOGNISES else 2
PATIENCE = 5  # times as long may a job take that has to wait for a processor
CPU_SECONDS = 3600  # after which a job ends that nobody waits for any more

OnPage = Callable[[int, int], None]


class Confined:
    """Runs one job after another, each in a process of its own."""

    def __init__(self, *modules: str) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="juesuan-")
        self._server = subprocess.Popen(
            [sys.executable, "-m", __name__, *modules],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},  # wherever this code lies
        )
        self._buffer = b""
        self._is_ready = False

    def __enter__(self) -> Self:
        return self

    @property
    def is_alive(self) -> bool:
        """Can it still run jobs?"""
        return self._server.poll() is None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self._server.stdin is not None:
            self._server.stdin.close()
        if self._server.stdout is not None:
            self._server.stdout.close()
        if kind is not None:
            self._server.kill()
        self._server.wait()
        self._folder.cleanup()

    def run(self, name: str, job: Callable[..., Any], *arguments: Any, on_page: OnPage, pages: int = 0) -> Any:
        """What `job(*arguments, on_page)` gives; `pages` are done already, and give it time.

        Raises what it raises, and DocumentError, by `name` and the bound, where it takes too much memory or time or
        ends in a fault.
        """
        path = Path(self._folder.name, "job")
        path.write_bytes(pickle.dumps((name, job, arguments)))
        assert self._server.stdin is not None
        self._server.stdin.write(f"{path}\n".encode())
        self._server.stdin.flush()
        if not self._is_ready:
            self._line(None)
            self._is_ready = True
        status = self._wait(name, on_page, pages)
        result = path.with_suffix(".result")
        try:
            if status == 0 and result.exists():
                is_error, found = pickle.loads(result.read_bytes())
                if is_error:
                    raise found
                return found
        finally:
            result.unlink(missing_ok=True)
        raise _fault(name, status)

    def _wait(self, name: str, on_page: OnPage, pages: int) -> int:
        """The status that a job ends with. Raises DocumentError for one that takes too long, which is killed."""
        started, pid = time.monotonic(), 0
        while True:
            allowed, waited = SECONDS + SECONDS_A_PAGE * pages, int(time.monotonic() - started)
            if waited >= allowed and (waited >= PATIENCE * allowed or _seconds_of(pid, waited) >= allowed):
                self._kill(pid)
                found = f"more than {allowed} seconds of work"
                raise DocumentError(name, found, f"{SECONDS} and {SECONDS_A_PAGE} a page (the bound on time)")
            told = self._line(max(allowed - waited, 0) + 1)
            if told is None:
                continue
            pid = told.get("pid", pid)
            if "page" in told:
                pages = told["page"][0]
                on_page(*told["page"])
            if "status" in told:
                return int(told["status"])

    def _kill(self, pid: int) -> None:
        """End the job that runs, once it is known which process it is, and wait for its end."""
        told: dict[str, Any] = {"pid": pid} if pid else {}
        while "status" not in told:
            if "pid" in told:
                os.kill(told["pid"], signal.SIGKILL)
            told = self._line(None) or {}

    def _line(self, seconds: int | None) -> dict[str, Any] | None:
        """The next line that the server writes; None where there is none in time."""
        assert self._server.stdout is not None
        while b"\n" not in self._buffer:
            with selectors.DefaultSelector() as selector:
                selector.register(self._server.stdout, selectors.EVENT_READ)
                if not selector.select(seconds):
                    return None
            read = os.read(self._server.stdout.fileno(), 65536)
            if not read:
                raise JuesuanError("the process that reads documents has ended")
            self._buffer += read
        line, _, self._buffer = self._buffer.partition(b"\n")
        found: dict[str, Any] = json.loads(line)
        return found


def _seconds_of(pid: int, waited: int) -> int:
    """How many seconds a job has had a processor; where the system does not say, how many it has `waited`."""
    try:
        spent = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    except OSError:
        return waited
    return sum(map(int, spent)) // os.sysconf("SC_CLK_TCK")


def _fault(name: str, status: int) -> DocumentError:
    """What is said of a job that ended without a result."""
    code = os.waitstatus_to_exitcode(status)
    how = f"signal {signal.Signals(-code).name}" if code < 0 else f"status {code}"
    found = f"a file on which the reader ends with {how}"
    return DocumentError(name, found, f"one that is read in {MEMORY // 1024**2} MiB (the bound on memory)")


def _serve(modules: Sequence[str]) -> None:
    channel = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    for module in modules:
        importlib.import_module(module)
    _tell(channel, ready=True)
    for line in sys.stdin.buffer:
        path = Path(line.decode().rstrip("\n"))
        pid = os.fork()
        if not pid:
            _work(path, channel)
        _tell(channel, pid=pid)
        _, status = os.waitpid(pid, 0)
        _tell(channel, status=status)


def _work(path: Path, channel: int) -> None:
    """Do one job in this process, and end it."""
    for stream in (sys.stdout, sys.stderr):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    _bound()
    name, job, arguments = pickle.loads(path.read_bytes())
    found: tuple[bool, Any]
    try:
        found = False, job(*arguments, on_page=lambda done, total: _tell(channel, page=(done, total)))
    except MemoryError:
        expected = f"one that is read in {MEMORY // 1024**2} MiB (the bound on memory)"
        found = True, DocumentError(name, "a file that takes too much memory", expected)
    except (JuesuanError, OSError) as error:
        found = True, error
    except Exception as error:  # noqa: BLE001 - a hostile document makes libraries raise anything; it alone is refused
        message = f"a file on which the reader fails ({type(error).__name__}: {error})"
        found = True, DocumentError(name, message[:300], "a document that can be read")
    path.with_suffix(".result").write_bytes(pickle.dumps(found))
    os._exit(0)


def _bound() -> None:
    used = (
        int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize() if sys.platform == "linux" else 0
    )
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _tell(channel: int, **told: object) -> None:
    """Write a line where the asking process reads: not on the standard output, which a library may print to."""
    os.write(channel, f"{json.dumps(told)}\n".encode())


if __name__ == "__main__":
    _serve(sys.argv[1:])
