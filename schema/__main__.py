"""`python -m schema` writes schema/schema.graphql; `--check` tells whether it is what the code says."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections.abc import Sequence
from pathlib import Path

from schema import sdl

COMMITTED = Path(__file__).with_name("schema.graphql")


def drift() -> str:
    """The difference between the committed schema and the code's; empty where there is none."""
    committed = COMMITTED.read_text("utf-8") if COMMITTED.exists() else ""
    old, new = committed.splitlines(keepends=True), sdl().splitlines(keepends=True)
    return "".join(difflib.unified_diff(old, new, "schema/schema.graphql", "the code"))


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser("python -m schema", description=__doc__)
    parser.add_argument("--check", action="store_true", help="exit 1 with a diff instead of writing")
    if not parser.parse_args(arguments).check:
        COMMITTED.write_text(sdl(), "utf-8")
        return 0
    difference = drift()
    sys.stdout.write(difference)
    return 1 if difference else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
