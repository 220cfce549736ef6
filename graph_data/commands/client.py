"""client: who may publish, and who reads under a name of its own: add one and see its token once, list, remove."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from graph_data.core.errors import JuesuanError, QuestionError
from graph_data.store.clients import Clients

FILE = "clients.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `client`."""
    what = parser.add_subparsers(required=True, metavar="WHAT", dest="what")
    add = what.add_parser("add", help="a new client; its token is printed, and kept nowhere")
    add.add_argument("name", metavar="NAME", help="its name in logs and in what it publishes, such as zibo-finance")
    add.add_argument(
        "--division", nargs="+", default=[], metavar="CODE",
        help="行政区划 that it may publish for; without, it only reads",
    )  # fmt: skip
    add.add_argument(
        "--department", nargs="+", default=[], metavar="CODE",
        help="codes or names of the departments that it may publish for (default: all of its divisions)",
    )  # fmt: skip
    add.add_argument("--rate", type=int, metavar="COST", help="cost that it may spend in a minute (default: as all)")
    remove = what.add_parser("remove", help="its token opens nothing from now on")
    remove.add_argument("name", metavar="NAME")
    for each in (add, remove, what.add_parser("list", help="every client, without its token")):
        each.add_argument(
            "--clients", type=Path, metavar="FILE",
            help="the file that server.py --clients names (default: clients.json in the folder of JUESUAN_PUBLISH)",
        )  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """0, or 2 where it cannot be done."""
    try:
        clients = Clients(_file(options.clients))
        if options.what == "add":
            print(clients.add(options.name, options.division, options.department, options.rate))
        elif options.what == "remove":
            clients.remove(options.name)
        else:
            for each in clients.all():
                may = f"publishes for {' '.join(each.divisions)}" if each.divisions else "reads"
                only = f", departments {' '.join(each.departments)}" if each.departments else ""
                print(f"{each.name}: {may}{only}{'' if each.rate is None else f', rate {each.rate}'}")
    except (JuesuanError, OSError) as error:
        print(f"client: {error}", file=sys.stderr)
        return 2
    return 0


def _file(given: Path | None) -> Path:
    if given is not None:
        return given
    if named := os.environ.get("JUESUAN_CLIENTS"):
        return Path(named)
    if folder := os.environ.get("JUESUAN_PUBLISH"):
        return Path(folder, FILE)
    raise QuestionError("name the file: --clients FILE, or JUESUAN_PUBLISH=DIR as the service has it")
