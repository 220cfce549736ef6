"""Logging: one JSON object a line on standard error. Variables of queries never appear."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

import orjson
import structlog
from structlog.typing import FilteringBoundLogger, Processor

REQUEST_ID: ContextVar[str] = ContextVar("request_id", default="")


def _with_request_id(_: object, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if found := REQUEST_ID.get():
        event.setdefault("request_id", found)
    return event


_SHARED: tuple[Processor, ...] = (
    _with_request_id,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def configure(level: str) -> None:
    """Send structlog's and the standard library's records through one JSON renderer."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level.upper(), force=True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )


def logger() -> FilteringBoundLogger:
    """The service's logger; what is bound to the request (its id) is added to each line."""
    found: FilteringBoundLogger = structlog.get_logger("juesuan")
    return found


_requests = logging.getLogger("juesuan")


def request_line(**about: str | int) -> None:
    """One line for a request, at level info. Written past structlog, which takes longer than many an answer."""
    if not _requests.isEnabledFor(logging.INFO):
        return
    line = {"event": "request", "level": "info", "timestamp": datetime.now(UTC).isoformat(), **about}
    sys.stderr.write(orjson.dumps(line | {"request_id": REQUEST_ID.get()}).decode() + "\n")
