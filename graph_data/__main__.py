"""python -m graph_data COMMAND: what is done with documents and packages before they are served."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence

COMMANDS = (
    "read",
    "check",
    "paper",
    "digest",
    "export",
    "rollup",
    "sql",
    "synthesize",
    "build",
    "verify",
    "client",
    "publish",
    "mirror",
    "codebook",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of a command; 2 for wrong arguments. Of the commands only the one that is given is imported."""
    given = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog="python -m graph_data", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    chosen = [name for name in COMMANDS if name in given[:1]] or COMMANDS
    modules = {name: importlib.import_module(f"graph_data.commands.{name}") for name in chosen}
    for name, module in modules.items():
        summary = (module.__doc__ or "").partition(": ")[2]
        module.add_arguments(commands.add_parser(name, help=summary, description=summary))
    options = parser.parse_args(given)
    return int(modules[options.command].run(options))


if __name__ == "__main__":
    sys.exit(main())
