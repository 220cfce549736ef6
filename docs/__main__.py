"""python -m docs [--check]: write the generated pages, or say which of them differ from what the code says."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from docs.checks import page as checks
from docs.glossary import page as glossary
from docs.package import page as package
from docs.settings import page as settings

FOLDER = Path(__file__).parent
PAGES: tuple[tuple[Path, Callable[[], str]], ...] = (
    (FOLDER / "checks.md", checks),
    (FOLDER / "glossary.md", glossary),
    (FOLDER / "package.md", package),
    (FOLDER / "settings.md", settings),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """0, or 1 where `--check` finds a page that differs."""
    parser = argparse.ArgumentParser(prog="python -m docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, fail where a page differs")
    options = parser.parse_args(arguments)
    stale = [(path, text) for path, make in PAGES if _read(path) != (text := make())]
    for path, text in stale:
        if options.check:
            print(f"docs/{path.name} differs from the code; run: python -m docs", file=sys.stderr)
        else:
            path.write_text(text, encoding="utf-8")
            print(f"docs/{path.name} written")
    return 1 if options.check and stale else 0


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


if __name__ == "__main__":
    sys.exit(main())
