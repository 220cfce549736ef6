"""One address that the operator sets is told each step, in order, signed, again and again until it says 2xx.

Of all processes the one that holds the lock tells; how far it came is kept, so that a restart tells nothing twice that
was taken, and leaves nothing out. A step may come twice where the reply was lost: its `sequence` tells.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import hmac
import http.client
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import IO
from urllib.parse import urlsplit

import anyio.to_thread
import orjson

from graph_data.core.errors import JuesuanError
from graph_data.core.files import write_whole
from graph_data.store.store import Store
from serving.process.logs import logger
from serving.publishing.feed import step_json

SIGNATURE = "x-juesuan-signature"
_TIMEOUT = 10  # seconds of one attempt
_LOOK = 0.5  # seconds between looks for a new step
_LONGEST = 300  # seconds between two attempts


@dataclass(slots=True)
class Webhook:
    """Tells the steps of a store to an address, signed with a secret."""

    store: Store
    url: str
    secret: str

    async def run(self) -> None:
        """Until cancelled."""
        place = self.store.folder / "webhook.lock"
        with place.open("a") as file:
            while not _is_held(file):
                await asyncio.sleep(_LOOK)
            wait = _LOOK
            while True:
                is_told = await anyio.to_thread.run_sync(self._tell)
                wait = _LOOK if is_told else min(_LONGEST, max(1, wait * 2))
                await asyncio.sleep(wait)

    def _tell(self) -> bool:
        """Tell what is not told yet; False where an attempt failed."""
        kept = self.store.folder / "webhook.json"
        try:
            history = self.store.changes.history()
            told = orjson.loads(kept.read_bytes())["sequence"] if kept.exists() else None
            steps = () if history is None else history.steps
            if told is None:
                told = steps[-1].sequence if steps else 0
                write_whole(kept, orjson.dumps({"sequence": told}))
            for step in steps:
                if step.sequence > told:
                    self._send(orjson.dumps(step_json(step)))
                    write_whole(kept, orjson.dumps({"sequence": step.sequence}))
        except (OSError, ValueError, KeyError, http.client.HTTPException, JuesuanError) as error:
            logger().warning("webhook failed, and is tried again", reason=str(error)[:200])
            return False
        return True

    def _send(self, body: bytes) -> None:
        """One attempt. Raises OSError or HTTPException where it does not end in 2xx; redirects are not followed."""
        parts = urlsplit(self.url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=_TIMEOUT)
        headers = {"content-type": "application/json", SIGNATURE: signature(self.secret, body, int(time.time()))}
        try:
            connection.request("POST", (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, headers)
            status = connection.getresponse().status
        finally:
            connection.close()
        if not 200 <= status < 300:
            raise http.client.HTTPException(f"the address answered {status}")


def signature(secret: str, body: bytes, when: int) -> str:
    """`t=SECONDS,sha256=HEX`: the HMAC of the seconds since 1970, a dot and the body, so that it ages."""
    signed = hmac.new(secret.encode(), f"{when}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={when},sha256={signed}"


def _is_held(file: IO[str]) -> bool:
    with suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
