"""Bytes of which some reader between us and a client may take another part for the request."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tests.serving.hostile import NORMAL

_POST = b"POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
_BODY = json.dumps({"query": NORMAL}).encode()
_CHUNKED = b"%x\r\n%b\r\n0\r\n\r\n" % (len(_BODY), _BODY)
_INNER = b"GET /metrics HTTP/1.1\r\nhost: x\r\n\r\n"


def raw() -> Iterator[tuple[str, bytes]]:
    """Each with a name that tells what it tries."""
    length = b"%d" % len(_BODY)
    lengths = {
        "twice": length + b"\r\ncontent-length: " + length,
        "and another": length + b"\r\ncontent-length: 4",
        "a list": length + b", " + length,
        "signed": b"+" + length,
        "negative": b"-1",
        "hexadecimal": b"0x1e",
        "beyond all": b"9" * 30,
        "a superscript": b"\xb2",
        "nothing": b"",
    }
    for name, value in lengths.items():
        yield f"length: {name}", _POST + b"content-length: " + value + b"\r\n\r\n" + _BODY + _INNER
    codings = {
        "beside a length": b"chunked\r\ncontent-length: 4",
        "twice": b"chunked\r\ntransfer-encoding: identity",
        "unknown": b"xchunked",
        "and then plain": b"chunked, identity",
        "on two lines": b"\r\n chunked",
        "after another blank": b"\x0bchunked",
    }
    for name, value in codings.items():
        yield f"chunked: {name}", _POST + b"transfer-encoding: " + value + b"\r\n\r\n" + _CHUNKED + _INNER
    chunks = {
        "an extension": b"%x;a=b\r\n%b\r\n0\r\n\r\n" % (len(_BODY), _BODY),
        "a size beyond all": b"f" * 20 + b"\r\n",
        "an extension over a line": b"%x;a\n%b\r\n0\r\n\r\n" % (len(_BODY), _BODY),
        "less than nothing": b"-1\r\n{\r\n",
        "lines without returns": b"%x\n%b\n0\n\n" % (len(_BODY), _BODY),
        "an extension of 100 KB": b"%x;%b\r\n%b\r\n0\r\n\r\n" % (len(_BODY), b"a" * 100_000, _BODY),
        "one byte each": b"".join(b"1\r\n%c\r\n" % each for each in _BODY + b" " * 20_000) + b"0\r\n\r\n",
        "trailers": _CHUNKED[:-2] + b"host: evil\r\nif-none-match: *\r\ncontent-length: 3\r\n\r\n",
        "a megabyte of trailers": _CHUNKED[:-2] + b"x: y\r\n" * 200_000 + b"\r\n",
    }
    for name, value in chunks.items():
        yield f"chunks: {name}", _POST + b"transfer-encoding: chunked\r\n\r\n" + value
    lines = {
        "a bare return": b"x: a\rb: c",
        "a NUL": b"x: a\0b",
        "a header without a name": b": a",
        "a blank name": b"x y: a",
        "two hosts": b"host: y",
        "100 KB of a header": b"x: " + b"a" * 100_000,
        "60,000 headers": b"x: y\r\n" * 60_000 + b"x: y",
        "another protocol": b"upgrade: h2c\r\nconnection: upgrade",
        "sockets": b"upgrade: websocket\r\nconnection: upgrade",
    }
    for name, value in lines.items():
        yield f"head: {name}", _POST + value + b"\r\ncontent-length: " + length + b"\r\n\r\n" + _BODY
    starts = {
        "no version": b"GET /graphql",
        "version 0.9": b"GET /graphql HTTP/0.9",
        "version 2": b"PRI * HTTP/2.0",
        "version 1.9": b"GET /graphql HTTP/1.9",
        "CONNECT": b"CONNECT x:80 HTTP/1.1",
        "everything": b"OPTIONS * HTTP/1.1",
        "another host": b"GET http://evil.example/healthz HTTP/1.1",
        "a blank in it": b"GET /gra phql HTTP/1.1",
        "bytes in it": b"GET /graphql\xe5\xb1\x80 HTTP/1.1",
        "a mark in it": b"GET /graphql#x HTTP/1.1",
        "1 MB": b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1",
    }
    for name, value in starts.items():
        yield f"start: {name}", value + b"\r\nhost: x\r\n\r\n"
    yield "line: 500 at once", (_POST + b"content-length: " + length + b"\r\n\r\n" + _BODY) * 500
    yield "line: garbage behind", _POST + b"content-length: " + length + b"\r\n\r\n" + _BODY + b"\0\xff\xff"
    yield (
        "line: a body where none is",
        b"GET /graphql?query={__typename} HTTP/1.1\r\nhost: x\r\ncontent-length: 40\r\n\r\n" + _INNER,
    )
