"""A Spark cluster as its driver meets it: a context in this process, and this code on the workers."""

from __future__ import annotations

import os
import re
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from graph_data.core.errors import UnfinishedError

_URL = re.compile(r"spark://\S+")
_CODE = Path(__file__).resolve().parents[1]  # graph_data
_DATA = "classification/*.csv"  # that the code reads


def check_cluster(text: str) -> str:
    """The same text. Raises ValueError where it is no address of a cluster."""
    if _URL.fullmatch(text) is None:
        raise ValueError(f"{text[:60]!r} is no cluster; give one such as spark://host:7077")
    return text


@contextmanager
def spark_context(url: str, name: str) -> Iterator[Any]:
    """A driver of a cluster, whose workers have this code. Raises UnfinishedError where pyspark is not installed."""
    try:
        from pyspark import SparkConf, SparkContext  # noqa: PLC0415 - a group of its own, only where it is used
    except ImportError:
        raise UnfinishedError("pyspark is not installed; `make cluster` installs it") from None
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.log.level": "ERROR"}
    conf = SparkConf().setMaster(url).setAppName(f"juesuan {name}").setAll(list(settings.items()))
    context = SparkContext.getOrCreate(conf)
    try:
        with code_archive() as code:
            context.addPyFile(str(code))
            yield context
    finally:
        context.stop()


@contextmanager
def code_archive() -> Iterator[Path]:
    """This code, and the tables that it reads, as one file from which Python imports it."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "graph_data.zip")
        with zipfile.ZipFile(archive, "w") as file:
            for each in sorted((*_CODE.rglob("*.py"), *_CODE.glob(_DATA))):
                file.write(each, each.relative_to(_CODE.parent))
        yield archive


def first_line(error: Exception) -> str:
    """What an error of the cluster says, without its trace."""
    return str(error).strip().partition("\n")[0]
