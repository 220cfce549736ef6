"""Real databases for tests, started here and stopped afterwards: a PostgreSQL server, a Spark standalone cluster.

Both listen on this machine alone, and live in a temporary folder. `why_no_postgres` and `why_no_spark` say what is
missing where they cannot be started.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

HOST = "127.0.0.1"
_PATIENCE = 60  # seconds until a server must have answered
_POSTGRES_USER = "juesuan"
_IDLE = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # for JVMs that hardly do anything: compile little


def why_no_postgres() -> str | None:
    """What is missing to start a PostgreSQL server; None where nothing is."""
    if find_spec("psycopg") is None:
        return "psycopg is not installed: make cluster"
    if _postgres_folder() is None:
        return "no PostgreSQL server is installed: apt-get install postgresql"
    return None


def why_no_spark() -> str | None:
    """What is missing to start a Spark cluster; None where nothing is."""
    if find_spec("pyspark") is None:
        return "pyspark is not installed: make cluster"
    if shutil.which("java") is None:
        return "no Java is installed: apt-get install openjdk-17-jre-headless"
    return None


@contextmanager
def postgres() -> Iterator[Mapping[str, str]]:
    """A new PostgreSQL server on a Unix socket: what to connect to (host, user, database)."""
    programs = _postgres_folder()
    assert programs is not None, why_no_postgres()
    owner = _unprivileged()
    with _folder(owner) as folder:
        data = folder / "data"
        make = [programs / "initdb", "-D", data, "-U", _POSTGRES_USER, "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run([*make, "--locale", "C"], user=owner, check=True, stdout=subprocess.DEVNULL, cwd=folder)
        serve = [programs / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", "-c", "fsync=off"]
        with _running(serve, folder / "postgres.log", user=owner, stop=signal.SIGINT):
            place = {"host": str(folder), "user": _POSTGRES_USER, "database": "postgres"}
            _wait(lambda: _answers(place), "PostgreSQL")
            yield place


@dataclass(frozen=True, slots=True)
class SparkCluster:
    """A master and its workers, each a process of its own. `url` is what a driver connects to."""

    url: str
    workers: Sequence[subprocess.Popen[bytes]]


@contextmanager
def spark_cluster(workers: int = 2) -> Iterator[SparkCluster]:
    """A Spark standalone cluster: a master, and workers of one core each."""
    with _folder(None) as folder, ExitStack() as stack:
        port = _free_port()
        url = f"spark://{HOST}:{port}"
        master = ["org.apache.spark.deploy.master.Master", "--host", HOST, "--port", str(port), "--webui-port", "0"]
        stack.enter_context(_spark_class(master, folder, "master"))
        _wait(lambda: _listens(port), "the Spark master")
        work = ["org.apache.spark.deploy.worker.Worker", "--host", HOST, "--cores", "1", "--memory", "1g"]
        yield SparkCluster(
            url,
            [
                stack.enter_context(
                    _spark_class(
                        [*work, "--webui-port", "0", "--work-dir", str(folder / f"work{number}"), url],
                        folder,
                        f"worker{number}",
                    )
                )
                for number in range(workers)
            ],
        )


@contextmanager
def spark_session(cluster: SparkCluster, **options: str) -> Iterator[Any]:
    """A driver in this process, with what small questions need: one partition, no web interface, no re-planning."""
    from pyspark import SparkContext  # noqa: PLC0415 - an optional part
    from pyspark.sql import SparkSession  # noqa: PLC0415

    os.environ |= {"SPARK_LOCAL_IP": HOST, "PYSPARK_PYTHON": sys.executable, "PYSPARK_DRIVER_PYTHON": sys.executable}
    settings = {
        "spark.driver.host": HOST,
        "spark.driver.bindAddress": HOST,
        "spark.driver.memory": "1g",
        "spark.executor.memory": "512m",
        "spark.executor.cores": "1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.files.minPartitionNum": "1",
        "spark.sql.files.openCostInBytes": "0",
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.codegen.wholeStage": "false",  # to compile a small question takes longer than to answer it
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.log.level": "ERROR",
    } | options
    builder = SparkSession.builder.master(cluster.url).appName("juesuan")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        yield session
    finally:
        session.stop()
        gateway = SparkContext._gateway
        if gateway is not None:
            gateway.shutdown()
            gateway.proc.stdin.close()
            gateway.proc.wait(_PATIENCE)
            SparkContext._gateway = SparkContext._jvm = None


def _postgres_folder() -> Path | None:
    """Where initdb and postgres are."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).parent] if on_path else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((each for each in folders if (each / "postgres").exists()), None)


def _unprivileged() -> int | None:
    """Another user where we are root, as whom PostgreSQL does not run; None for ourselves."""
    if os.geteuid() != 0:
        return None
    names = {each.pw_name: each.pw_uid for each in pwd.getpwall()}
    return names.get("postgres", names.get("nobody"))


@contextmanager
def _folder(owner: int | None) -> Iterator[Path]:
    """A temporary folder with a short name, as sockets need."""
    with tempfile.TemporaryDirectory(prefix="juesuan-", ignore_cleanup_errors=True) as name:
        if owner is not None:
            os.chown(name, owner, -1)
        yield Path(name)


@contextmanager
def _running(
    command: Sequence[str | Path],
    log: Path,
    user: int | None = None,
    stop: signal.Signals = signal.SIGTERM,
    env: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is stopped in the end."""
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, user=user, cwd=log.parent, env=env)
    try:
        yield process
    finally:
        process.send_signal(stop)
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def _spark_class(arguments: Sequence[str], folder: Path, name: str) -> Iterator[subprocess.Popen[bytes]]:
    import pyspark  # noqa: PLC0415

    home = Path(pyspark.__file__).parent
    env = os.environ | {
        "SPARK_LOCAL_IP": HOST,
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": _IDLE,
        "SPARK_HOME": str(home),
        "PYSPARK_PYTHON": sys.executable,
    }
    with _running([home / "bin" / "spark-class", *arguments], folder / f"{name}.log", env=env) as process:
        yield process


def _free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


def _listens(port: int) -> bool:
    with socket.socket() as asked:
        return asked.connect_ex((HOST, port)) == 0


def _answers(place: Mapping[str, str]) -> bool:
    import psycopg  # noqa: PLC0415

    try:
        psycopg.connect(host=place["host"], user=place["user"], dbname=place["database"]).close()
    except psycopg.OperationalError:
        return False
    return True


def _wait(is_ready: Callable[[], bool], name: str) -> None:
    """Raises TimeoutError where it takes too long."""
    until = time.monotonic() + _PATIENCE
    while not is_ready():
        if time.monotonic() > until:
            raise TimeoutError(f"{name} does not answer within {_PATIENCE} s")
        time.sleep(0.1)
