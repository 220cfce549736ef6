"""What is answered in front of the framework is answered by the protocol itself, once a request is here whole.

uvicorn begins a task for each request, which receives its body and sends its reply message by message. For an answer
that is only looked up, that takes several times as long as the answer. This leaves to that task all that is not plainly
answered so, on a connection that stays open, and behaves as if it were not there.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from serving.front import PATH, Front, Key, headers_of
from serving.metrics import COMPUTED
from serving.middleware import BEGAN
from serving.sent import REQUEST_ID_HEADER, Sent

_FORWARDED = frozenset({b"x-forwarded-for", b"x-forwarded-proto"})  # which uvicorn's middleware reads


class Wire(HttpToolsProtocol):
    """One connection."""

    def __init__(self, *arguments: Any, front: Front, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._front = front
        self._held, self._may_hold, self._may_run = False, False, True

    def data_received(self, data: bytes) -> None:
        self._may_run = True
        super().data_received(data)
        if self._held:
            self._release()

    def on_headers_complete(self) -> None:
        self._unset_keepalive_if_required()  # which an answer to the request before, in the same bytes, has set
        self._may_hold = True
        super().on_headers_complete()
        self._may_hold = False

    def on_message_complete(self) -> None:
        super().on_message_complete()
        if self._held and not self._answered():
            self._release()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        """Hold a request whose body may come with the very same bytes; what waits in a pipeline is begun as ever."""
        if self._may_hold and cycle.scope["path"] == PATH and cycle.keep_alive and app is self.app:
            self._held = True
            cast(Any, cycle.scope)["state"][BEGAN] = time.perf_counter_ns()
        else:
            super()._start_asgi_task(cycle, app)

    def _release(self) -> None:
        self._held = False
        super()._start_asgi_task(self.cycle, self.app)

    def _answered(self) -> bool:
        """Was it answered in front of the framework, and has its reply been written?"""
        scope: Any = self.scope
        if self.flow.write_paused or self.transport.is_closing() or any(name in _FORWARDED for name, _ in self.headers):
            return False
        headers = headers_of(scope)
        if headers is None:
            return False
        body = bytes(self.cycle.body) if scope["method"] == "POST" else b""
        key = Key(scope["method"], scope["query_string"], body, headers)
        reply = self._front.found(scope, key, may_run=self._may_run)
        if reply is None:
            return False
        self._held, self._may_run = False, self._may_run and reply.how != COMPUTED
        self._write(reply, scope["state"]["request_id"].encode())
        self.on_response_complete()
        self._front.tell(scope, reply)
        return True

    def _write(self, reply: Sent, request_id: bytes) -> None:
        """The same bytes that uvicorn would write."""
        lines = [b"%b: %b\r\n" % header for header in self.server_state.default_headers]
        last = b"%b: %b\r\n\r\n" % (REQUEST_ID_HEADER, request_id)
        self.transport.writelines((b"".join((STATUS_LINE[reply.status], *lines, reply.lines, last)), reply.body))
        self.cycle.response_started = self.cycle.response_complete = True


def protocol(app: object) -> type[asyncio.Protocol]:
    """What uvicorn is to speak HTTP with: this, but where each request has a span of its own, which needs a task."""
    if not isinstance(app, Front) or app.traced is not None:
        return HttpToolsProtocol
    made: Callable[..., Wire] = partial(Wire, front=app)
    return cast(type[asyncio.Protocol], made)
