"""What surrounds the application as the settings say: other origins, compression, traces."""

from __future__ import annotations

import sys

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse

from server import create_app, main
from serving.http.middleware import Tracing, TracingUnavailableError
from serving.process.settings import Settings
from tests.serving.client import Client, unstarted
from tests.serving.test_bounds import ask, bounded

ORIGIN = "https://data.example.gov.cn"
PREFLIGHT = {
    "origin": ORIGIN,
    "access-control-request-method": "POST",
    "access-control-request-headers": "content-type",
}


def test_without_a_setting_no_other_origin_may_ask(client: Client) -> None:
    assert "access-control-allow-origin" not in ask(client, "{ __typename }", origin=ORIGIN).headers
    assert client.request("OPTIONS", "/graphql", headers=PREFLIGHT).status_code == 405


def test_the_origins_of_the_setting_may_ask(client: Client) -> None:
    with bounded(client, cors_origins=(ORIGIN,)) as other:
        assert ask(other, "{ __typename }", origin=ORIGIN).headers["access-control-allow-origin"] == ORIGIN
        assert "access-control-allow-origin" not in ask(other, "{ __typename }", origin="https://x.example").headers
        preflight = other.request("OPTIONS", "/graphql", headers=PREFLIGHT)
        assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (200, ORIGIN)
        assert "access-control-allow-credentials" not in preflight.headers


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_long_replies_are_compressed_for_those_who_accept_it(client: Client, encoding: str) -> None:
    reply = client.get("/schema.graphql", headers={"accept-encoding": encoding})
    assert reply.headers["content-encoding"] == encoding
    assert "accept-encoding" in reply.headers["vary"].lower()


def test_compression_can_be_switched_off(client: Client) -> None:
    with bounded(client, compression=False) as other:
        reply = other.get("/schema.graphql", headers={"accept-encoding": "gzip"})
        assert "content-encoding" not in reply.headers


def test_traces_without_opentelemetry_are_refused_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.propagate", None)
    monkeypatch.setitem(sys.modules, "opentelemetry.exporter.otlp.proto.http.trace_exporter", None)
    with pytest.raises(TracingUnavailableError, match="telemetry"):
        create_app(Settings(otlp_endpoint="http://127.0.0.1:4318/v1/traces"))
    assert main(["--port", "0", "--otlp-endpoint", "http://127.0.0.1:4318/v1/traces"]) == 2
    assert "telemetry" in capsys.readouterr().err


def test_a_request_is_a_span_and_the_child_of_the_one_it_names() -> None:
    sdk = pytest.importorskip("opentelemetry.sdk.trace", reason="needs the group telemetry")
    memory = pytest.importorskip("opentelemetry.sdk.trace.export.in_memory_span_exporter")
    export = pytest.importorskip("opentelemetry.sdk.trace.export")
    propagate = pytest.importorskip("opentelemetry.propagate")
    exporter, provider = memory.InMemorySpanExporter(), sdk.TracerProvider()
    provider.add_span_processor(export.SimpleSpanProcessor(exporter))

    async def hello(scope: object, receive: object, send: object) -> None:
        assert Request(scope).headers["host"]  # type: ignore[arg-type]
        await PlainTextResponse("hello", 201)(scope, receive, send)  # type: ignore[arg-type]

    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    with unstarted(Tracing(hello, provider.get_tracer("test"), propagate.extract)) as client:  # type: ignore[arg-type]
        assert client.get("/here", headers={"traceparent": parent}).status_code == 201
    [span] = exporter.get_finished_spans()
    assert (span.name, span.attributes["http.response.status_code"]) == ("GET /here", 201)
    assert f"{span.context.trace_id:032x}" == "0af7651916cd43dd8448eb211c80319c"
