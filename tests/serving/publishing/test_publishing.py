"""Accounts come, are replaced and withdrawn by whoever may; the reply says what was read, and when it is served."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from graph_data.__main__ import main
from graph_data.core.records import AccountKey
from graph_data.package import account_digest, digest_of
from tests.graph_data.test_sources import ARCHIVES, WEATHER
from tests.serving.publishing.service import ARCHIVES_ZIP, Service, document


def test_a_document_is_read_published_served_replaced_and_withdrawn(published: Service) -> None:
    before = published.ask("GET", "/readyz").json()["version"]
    reply = published.publish({"a.txt": document("甲局")})
    (told,) = reply.json()["accounts"]
    assert (reply.status, told["state"], told["id"], told["ledger"]["whole"]) == (
        201,
        "ADDED",
        "370300/甲局/2022",
        True,
    )
    assert reply.json()["version"] == published.ask("GET", "/readyz").json()["version"] != before
    assert published.listing()[told["id"]] == told["digest"]
    assert published.publish({"b.txt": document("甲局")}).json()["accounts"][0]["state"] == "REPLACED"
    assert published.publish({"b.txt": document("甲局")}).json()["accounts"][0]["state"] == "UNCHANGED"
    assert published.withdraw(told["id"]).json()["withdrawn"] == "a mistake"
    assert told["id"] not in published.listing()
    history = published.ask("GET", "/accounts/370300/%E7%94%B2%E5%B1%80/2022").json()
    assert [each["digest"] is None for each in history["versions"]] == [False, False, True]
    first = published.ask("GET", f"/accounts/370300/%E7%94%B2%E5%B1%80/2022.zip?version={told['digest']}")
    assert "datapackage.json" in zipfile.ZipFile(io.BytesIO(first.body)).namelist()
    assert published.ask("GET", "/readyz").json()["version"] == before


def test_a_dry_run_says_the_same_and_publishes_nothing(published: Service) -> None:
    before = published.listing()
    reply = published.publish({"a.txt": document("丙局")}, dryRun="1")
    assert (reply.status, published.states(reply), reply.json()["published"]) == (200, ["ADDED"], False)
    assert published.listing() == before


def test_a_package_is_published_as_it_is_and_its_findings_are_told(published: Service) -> None:
    reply = published.ask("POST", "/accounts", ARCHIVES_ZIP, "finance", content_type="application/zip")
    (told,) = reply.json()["accounts"]
    assert (reply.status, told["digest"]) == (201, account_digest(ARCHIVES))
    assert {"ZH", "EN"} == set(told["findings"][0]["messages"])
    assert published.withdraw(told["id"]).status == 200


def test_one_that_is_refused_keeps_the_others_back_unless_part_is_asked_for(published: Service) -> None:
    files = {"a/a.txt": document("丁局"), "b/b.pdf": b"%PDF-1.4\n"}
    reply = published.publish(files)
    assert (reply.status, sorted(published.states(reply)), reply.code) == (
        422,
        ["HELD_BACK", "UNREADABLE"],
        "UNREADABLE",
    )
    assert "370300/丁局/2022" not in published.listing()
    reply = published.publish(files, partial="1")
    assert (reply.status, sorted(published.states(reply))) == (201, ["ADDED", "UNREADABLE"])


def test_what_is_no_account_holds_nothing_back(published: Service) -> None:
    notice = "关于做好2022年度部门决算公开工作的通知\n各部门：".encode()
    reply = published.publish({"a.txt": document("戊局"), "notice.txt": notice})
    assert (reply.status, sorted(published.states(reply))) == (201, ["ADDED", "NO_ACCOUNT"])


def test_a_form_with_files_and_fields_is_a_publication_too(published: Service) -> None:
    body = b"".join(
        b'--x\r\ncontent-disposition: form-data; name="%b"%b\r\n\r\n%b\r\n' % part
        for part in (
            (b"division", b"", b"370300"), (b"dryRun", b"", b"1"),
            (b"file", b'; filename="C:\\\\a\\\\b.txt"', document("己局")),
        )
    )  # fmt: skip
    reply = published.ask(
        "POST", "/accounts", body + b"--x--\r\n", "finance", content_type="multipart/form-data; boundary=x"
    )
    assert (reply.status, reply.json()["accounts"][0]["documents"]) == (200, ["b.txt"])


def test_progress_is_told_as_it_goes(published: Service) -> None:
    reply = published.ask(
        "POST", "/accounts?dryRun=1", ARCHIVES_ZIP, "finance", content_type="application/zip",
        accept="text/event-stream",
    )  # fmt: skip
    events = [part.split("\n") for part in reply.body.decode().strip().split("\n\n")]
    assert [event[0] for event in events][-1] == "event: result"
    assert {event[0] for event in events[:-1]} == {"event: progress"}
    assert json.loads(events[-1][1].removeprefix("data: "))["status"] == 200


def test_the_command_publishes_and_withdraws(
    published: Service, tmp_path: Path, capsys: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "deep" / "a.txt").write_bytes(document("庚局"))
    (tmp_path / "token").write_text(published.tokens["finance"])
    given = [published.address, "--token-file", str(tmp_path / "token")]
    assert main(["publish", *given, str(tmp_path / "in"), "--division", "370300"]) == 0
    assert "ADDED: 370300/庚局/2022" in capsys.readouterr().out
    assert main(["publish", *given, "370300/庚局/2022", "--withdraw", "an error"]) == 0
    monkeypatch.setenv("JUESUAN_TOKEN", "x")
    assert main(["publish", published.address, str(tmp_path / "in")]) == 1
    assert "UNAUTHENTICATED" in capsys.readouterr().err


def test_the_list_has_the_version_of_what_it_lists(published: Service) -> None:
    reply = published.ask("GET", "/accounts")
    listed = {
        AccountKey(each["division"], each["department"], each["fiscalYear"]): each["digest"]
        for each in reply.json()["accounts"]
    }
    assert listed[WEATHER.key] == account_digest(WEATHER)
    assert reply.json()["version"] == published.ask("GET", "/readyz").json()["version"]
    assert digest_of(listed) == reply.json()["version"]
    again = published.ask("GET", "/accounts", if_none_match=reply.headers["etag"])
    assert again.status == 304


def test_the_feed_tells_each_step_and_a_question_tells_their_sum(published: Service) -> None:
    before = published.ask("GET", "/readyz").json()["version"]
    published.publish({"a.txt": document("辛局")})
    published.publish({"a.txt": document("辛局", total=707)})
    published.publish({"b.txt": document("壬局")})
    published.withdraw("370300/壬局/2022")
    told = published.ask("GET", f"/changes.json?since={before}").json()
    changes = [(change["change"], change["id"]) for step in told["changes"] for change in step["accounts"]]
    assert changes == [
        ("WITHDRAWN", "370300/壬局/2022"), ("ADDED", "370300/壬局/2022"), ("REPLACED", "370300/辛局/2022"),
        ("ADDED", "370300/辛局/2022"),
    ]  # fmt: skip
    atom = published.ask("GET", f"/changes.atom?since={before}").body.decode()
    assert atom.count("<entry>") == 4
    query = "query($v: String) { dataset { changes(since: $v) { accounts { nodes { change department after } } } } }"
    asked = json.dumps({"query": query, "variables": {"v": before}}).encode()
    reply = published.ask("POST", "/graphql", asked, content_type="application/json")
    (change,) = reply.json()["data"]["dataset"]["changes"]["accounts"]["nodes"]
    assert (change["change"], change["department"]) == ("ADDED", "辛局")
    assert change["after"] == published.listing()["370300/辛局/2022"]
    assert published.ask("GET", "/changes.json?since=nonsense").code == "BAD_USER_INPUT"


def test_a_version_comes_back_with_what_it_says_and_answers_about_its_versions_are_told_apart(
    published: Service,
) -> None:
    query = json.dumps({"query": '{finalAccounts(department: {name: "申局"}) {versions {number}}}'}).encode()

    def ask(**headers: str) -> Any:
        return published.ask("POST", "/graphql", query, content_type="application/json", **headers)

    def replies() -> list[Any]:
        found = [ask() for _ in range(4)]  # computed, then out of each of the caches
        assert len({(each.headers["etag"], each.body) for each in found}) == 1
        return found

    published.publish({"a.txt": document("申局")})
    before = replies()[0]
    published.publish({"a.txt": document("申局", total=707)})
    published.publish({"a.txt": document("申局")})
    after = replies()[0]
    assert after.headers["x-dataset-version"] == before.headers["x-dataset-version"]
    assert len(after.json()["data"]["finalAccounts"]["versions"]) == 3
    assert after.headers["etag"] != before.headers["etag"]
    assert ask(if_none_match=before.headers["etag"]).status == 200
    assert ask(if_none_match=after.headers["etag"]).status == 304


def test_the_versions_of_an_account_are_compared_cell_by_cell(published: Service) -> None:
    first = published.publish({"a.txt": document("癸局")}).json()["accounts"][0]["digest"]
    published.publish({"a.txt": document("癸局", total=710)})
    published.withdraw("370300/癸局/2022")
    published.publish({"a.txt": document("癸局", total=710)})
    query = """query($to: String) { finalAccounts(department: {name: "癸局"}) { versions {
      number digest client reason isServed
      differences(to: $to) { totalCount nodes { row own { amount } other { amount } difference { amount }
        sources { line document { fileName } } } } } } }"""

    def ask(to: str | None) -> Any:
        body = json.dumps({"query": query, "variables": {"to": to}}).encode()
        return published.ask("POST", "/graphql", body, content_type="application/json").json()

    told = ask(None)
    one, two, gone, last = told["data"]["finalAccounts"]["versions"]
    assert [each["isServed"] for each in (one, two, gone, last)] == [False, False, False, True]
    assert (one["digest"], one["client"], gone["digest"], gone["reason"]) == (first, "finance", None, "a mistake")
    assert (two["differences"]["totalCount"], gone["differences"], last["differences"]["totalCount"]) == (0, None, 0)
    assert {(each["row"], each["own"]["amount"], each["other"]["amount"]) for each in one["differences"]["nodes"]} == {
        ("合计", "706.00", "710.00"), ("一般公共服务支出", "706.00", "710.00")
    }  # fmt: skip
    assert {each["difference"]["amount"] for each in one["differences"]["nodes"]} == {"-4.00"}
    assert {len(each["sources"]) for each in one["differences"]["nodes"]} == {1}
    assert "no version" in ask("0" * 64)["errors"][0]["message"]
