"""Peer (f): a bare ASGI app. POST /q1 sends the bytes of the answer to q1; POST /encode/q1 encodes it first (orjson).

PEER_DATA=folder-of-answers uvicorn benchmarks.peers.bare:app
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import orjson

BYTES = {file.stem: file.read_bytes() for file in Path(os.environ["PEER_DATA"]).glob("q*.json")}
OBJECTS = {name: orjson.loads(data) for name, data in BYTES.items()}


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Read the question whole, as any server must, and answer."""
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    _, *encode, name = scope["path"].split("/")
    body = orjson.dumps(OBJECTS[name]) if encode else BYTES.get(name, b"")
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})
