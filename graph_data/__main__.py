"""python -m graph_data COMMAND: what is done with documents and packages before they are served."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from types import ModuleType

from graph_data.commands import build, check, client, export, mirror, publish, read, rollup, synthesize, verify

COMMANDS: dict[str, ModuleType] = {
    "read": read,
    "check": check,
    "export": export,
    "rollup": rollup,
    "synthesize": synthesize,
    "build": build,
    "verify": verify,
    "client": client,
    "publish": publish,
    "mirror": mirror,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of a command; 2 for wrong arguments."""
    parser = argparse.ArgumentParser(prog="python -m graph_data", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND", dest="command")
    for name, module in COMMANDS.items():
        summary = (module.__doc__ or "").partition(": ")[2]
        module.add_arguments(commands.add_parser(name, help=summary, description=summary))
    options = parser.parse_args(arguments)
    return int(COMMANDS[options.command].run(options))


if __name__ == "__main__":
    sys.exit(main())
