"""Juesuan itself, three times: `python -m benchmarks.peers.juesuan PACKAGES PORT OPTIONS [PORT OPTIONS …]`.

The dataset is loaded once; then a process for each port serves it, with the options that follow the port in one
argument. So three ways to serve cost one load, and stand on the very same data.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import graph_data
import server
from serving.process import snapshot


def main(packages: str, *served: str) -> None:
    """Load on whatever core is free, then serve on the core that all servers share, until told to stop."""
    core = os.sched_getaffinity(0)
    os.sched_setaffinity(0, range(os.cpu_count() or 1))
    dataset = graph_data.load([Path(packages)], strict=True)
    vars(snapshot)["load"] = lambda *_, **__: dataset
    os.sched_setaffinity(0, core)
    children = [_serve(packages, port, options) for port, options in zip(served[::2], served[1::2], strict=True)]

    def stop(*_: object) -> None:
        for child in children:
            os.kill(child, signal.SIGTERM)

    signal.signal(signal.SIGTERM, stop)
    for child in children:
        os.waitpid(child, 0)


def _serve(packages: str, port: str, options: str) -> int:
    """The child that serves at a port."""
    child = os.fork()
    if not child:
        fixed = ["--packages", packages, "--rate", "0", "--log-level", "warning"]
        os._exit(server.main([*fixed, "--port", port, *options.split()]))
    return child


if __name__ == "__main__":
    main(*sys.argv[1:])
