"""A connection on which requests are sent many at a time, and their replies read as they come."""

from __future__ import annotations

import re
import socket
from collections.abc import Sequence
from types import TracebackType

_LENGTH = re.compile(rb"content-length: (\d+)")
_END = b"\r\n\r\n"


class Connection:
    """To a server on this machine; it stays open until the end of the block."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=120)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._heard = b""

    def __enter__(self) -> Connection:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def ask(self, requests: Sequence[bytes]) -> list[int]:
        """Send all of them, and give the status of each reply."""
        self._socket.sendall(b"".join(requests))
        return [self._status() for _ in requests]

    def _status(self) -> int:
        while _END not in self._heard:
            self._more()
        head, _, rest = self._heard.partition(_END)
        length = _LENGTH.search(head)
        size = int(length[1]) if length is not None else 0
        while len(rest) < size:
            self._more()
            rest = self._heard[len(head) + len(_END) :]
        self._heard = rest[size:]
        return int(head[9:12])

    def _more(self) -> None:
        """Raises ConnectionError where the server closed."""
        data = self._socket.recv(1 << 16)
        if not data:
            raise ConnectionError("the server closed the connection before it had answered")
        self._heard += data
