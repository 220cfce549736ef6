"""Tools of other projects, installed once and kept: npm's beside this file, Python's under build/."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.service import ROOT

HERE = Path(__file__).parent
ARIADNE = ROOT / "build" / "ariadne-codegen"
_MINUTES = 300


def require_node() -> None:
    """Have the npm packages of package-lock.json beside this file; skip, saying why, where that cannot be."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("needs node and npm")
    installed = HERE / "node_modules" / ".package-lock.json"
    if installed.exists() and installed.stat().st_mtime >= (HERE / "package-lock.json").stat().st_mtime:
        return
    _install(["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"], HERE, "npm ci")
    installed.touch()


def require_ariadne() -> Path:
    """The Python of the environment that has ariadne-codegen; skip, saying why, where there can be none."""
    python = ARIADNE / "bin" / "python"
    wanted = HERE / "requirements.txt"
    installed = ARIADNE / "requirements.txt"
    if not (installed.exists() and installed.read_bytes() == wanted.read_bytes()):
        _install([sys.executable, "-m", "venv", str(ARIADNE)], ROOT, "venv")
        pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        _install([*pip, "--requirement", str(wanted)], ROOT, "pip install")
        shutil.copy(wanted, installed)
    return python


def _install(command: list[str], folder: Path, what: str) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=_MINUTES, check=False)
    if done.returncode:
        pytest.skip(f"{what} failed: {done.stderr.strip()[-300:]}")


def run(*command: str | Path, folder: Path = HERE, **environment: str) -> str:
    """What a tool prints; the test fails with all that it said where it fails."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=_MINUTES,
        check=False,
    )
    if done.returncode:
        pytest.fail(f"{command[0]} exited with {done.returncode}:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def run_json(*command: str | Path, folder: Path = HERE, **environment: str) -> Any:
    """The same, read as JSON."""
    return json.loads(run(*command, folder=folder, **environment))


def tool(name: str) -> Path:
    """A command of an npm package."""
    return HERE / "node_modules" / ".bin" / name
