"""The code that is sent to a cluster is whole: what reads tables of its own finds them in the archive."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from graph_data.core.cluster import check_cluster, code_archive

ASKED = """
import sys
import graph_data.index.workers, graph_data.commands.read
from graph_data.classification.crosswalk import _table
from graph_data.classification.divisions import _later
from graph_data.commands.runners import _done
assert ".zip" in graph_data.__file__ and _table() and _later()
order = (("graph_data.commands.read",), "a.txt", graph_data.commands.read.prepare_job, (), 0)
is_error, error = _done(order)
assert is_error and "missing" in str(error), error
"""


def test_the_archive_holds_all_that_workers_need(tmp_path: Path) -> None:
    with code_archive() as archive:
        command = [sys.executable, "-c", ASKED]
        subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(archive)}, check=True, timeout=120)


@pytest.mark.parametrize("text", ["", "spark://", "spark:host", "http://host:7077", "spark://a b"])
def test_what_names_no_cluster_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no cluster"):
        check_cluster(text)
