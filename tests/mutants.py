"""Faults planted one at a time in the core: each must be noticed by the tests that mirror its module.

    python -m tests.mutants [--sample 60] [--seed 1] [MODULE …]

A mutant is a module with one small change: a comparison turned or loosened, a number one off, `and` for `or`, a
condition turned round, a sum for a difference. Its tests run in a copy of the checkout; a mutant that passes them all
survives, and is printed. The exit code is the number of survivors.
"""

from __future__ import annotations

import argparse
import ast
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import track

ROOT = Path(__file__).resolve().parent.parent
CORE = ("graph_data/core/amount.py",)
TURNED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
    ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: the module with it as text, and the line that it stands on."""

    module: str
    line: int
    was: str
    text: str


def mutants(module: str) -> Iterator[Mutant]:
    """Every mutant of a module, in the order of its lines."""
    source = (ROOT / module).read_text("utf-8")
    for number in range(len(list(_faults(ast.parse(source))))):
        tree = ast.parse(source)
        line, plant = list(_faults(tree))[number]
        plant()
        yield Mutant(module, line, source.splitlines()[line - 1].strip(), ast.unparse(tree))


def _faults(tree: ast.Module) -> Iterator[tuple[int, Callable[[], None]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            for place, operator in enumerate(node.ops):
                yield node.lineno, _set(node.ops, place, TURNED[type(operator)]())
        elif isinstance(node, ast.BinOp | ast.BoolOp | ast.AugAssign) and type(node.op) in TURNED:
            yield node.lineno, _change(node, "op", TURNED[type(node.op)]())
        elif isinstance(node, ast.Constant) and type(node.value) is int:
            yield node.lineno, _change(node, "value", node.value + 1)
        elif isinstance(node, ast.If | ast.IfExp):
            yield node.lineno, _change(node, "test", ast.UnaryOp(ast.Not(), node.test))


def _set(items: list[ast.cmpop], place: int, value: ast.AST) -> Callable[[], None]:
    return lambda: items.__setitem__(place, value)


def _change(node: ast.AST, name: str, value: object) -> Callable[[], None]:
    return lambda: setattr(node, name, value)


def tests_of(module: str) -> list[str]:
    """The tests that mirror a module: its own file, else those of its folder."""
    path = Path(module)
    own = Path("tests") / path.parent / f"test_{path.name}"
    return [str(own if (ROOT / own).exists() else own.parent)]


def survives(mutant: Mutant, copy: Path) -> bool:
    """Do all tests of its module pass with the fault? A run that never ends notices it too."""
    target = copy / mutant.module
    sound = target.read_text("utf-8")
    target.write_text(mutant.text, "utf-8")
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests_of(mutant.module)]
    try:
        return subprocess.run(command, cwd=copy, capture_output=True, timeout=120, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        target.write_text(sound, "utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__.splitlines()[0])
    parser.add_argument("modules", nargs="*", default=CORE, metavar="MODULE")
    parser.add_argument("--sample", type=int, default=60, help="how many mutants, drawn over all modules")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    made = [mutant for module in options.modules for mutant in mutants(module)]
    chosen = random.Random(options.seed).sample(made, min(options.sample, len(made)))
    console = Console(soft_wrap=True)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "checkout"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "node_modules", ".*_cache"))
        survivors = [mutant for mutant in track(chosen, "mutants", console=console) if survives(mutant, copy)]
    for mutant in survivors:
        console.print(f"survives: {mutant.module}:{mutant.line}: {mutant.was}", markup=False, highlight=False)
    console.print(f"{len(chosen)} mutants of {len(made)}, {len(survivors)} survive")
    return min(len(survivors), 100)


if __name__ == "__main__":
    sys.exit(main())
