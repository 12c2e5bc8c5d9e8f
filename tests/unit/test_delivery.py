"""Where alerts go: a file that a crash cut short, a real mail server, a webhook that may not be any host."""

import json
import socket
import threading
from email import message_from_bytes
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pydantic import SecretStr

from extractors.errors import DeliveryFailed, UsageError
from pipelines.delivery import Post, as_text, checked, deliver
from pipelines.watching import Note

aiosmtpd = pytest.importorskip("aiosmtpd.controller")

ITEM = {
    "kind": "passage",
    "role": "finding",
    "text": "Officers lost the “camera”.",
    "citation": "Watchdog, Report 1, p. 4",
    "citation_id": "r1.p4.0123456789",
    "url": "file:///r1.pdf",
}


def note(count: int = 2, batch: str = "b1") -> Note:
    items = tuple({**ITEM, "citation_id": f"r1.p{n}.0123456789"} for n in range(count))
    return Note(alert="cameras", query="camera", batch=batch, generation="000001-abc", items=items)


def silent(_note: Note) -> None:
    raise AssertionError("nothing goes to stdout")


def bring(output: str, what: Note, post: Post | None = None) -> None:
    deliver(output, what, post or Post(), silent)


def test_stdout():
    """A dash is whatever the caller prints with."""
    said: list[Note] = []
    deliver("-", note(), Post(), said.append)
    assert said == [note()]


def test_a_file_is_appended_to(tmp_path):
    """Each batch adds a JSON line an item."""
    path = tmp_path / "news.jsonl"
    bring(str(path), note(2))
    bring(str(path), note(1, "b2"))
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert [line["batch"] for line in lines] == ["b1", "b1", "b2"]
    assert lines[0]["text"] == ITEM["text"]


def test_a_file_holds_a_batch_once_wherever_a_crash_cut_it(tmp_path):
    """Cut at any byte, the next delivery makes the file what it would have been."""
    path = tmp_path / "news.jsonl"
    bring(str(path), note(1, "b0"))
    before = path.read_bytes()
    bring(str(path), note(2))
    whole = path.read_bytes()
    for cut in range(len(before), len(whole) + 1, 7):
        path.write_bytes(whole[:cut])
        bring(str(path), note(2))
        assert path.read_bytes() == whole
    bring(str(path), note(2))
    assert path.read_bytes() == whole


def test_a_file_that_cannot_be_written(tmp_path):
    """A file that has become a folder is a delivery that failed, and waits."""
    with pytest.raises(DeliveryFailed):
        bring(str(tmp_path), note())


class Inbox:
    """What a mail server keeps."""

    def __init__(self) -> None:
        self.taken: list[tuple[list[str], bytes]] = []
        self.refuse = False

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - the library's name
        if self.refuse:
            return "451 try again later"
        self.taken.append((envelope.rcpt_tos, envelope.content))
        return "250 taken"


@pytest.fixture
def inbox():
    """A real mail server on loopback."""
    kept = Inbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = aiosmtpd.Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    kept.url = f"smtp://127.0.0.1:{port}"
    yield kept
    server.stop()


def test_mail(inbox):
    """An e-mail has what is new with role, citation and permanent name, and the batch as its id."""
    bring("mailto:ada@example.org,bob@example.org", note(), Post(smtp=inbox.url, sender="desk@example.org"))
    ((receivers, content),) = inbox.taken
    message = message_from_bytes(content, policy=default)
    assert receivers == ["ada@example.org", "bob@example.org"]
    assert (message["From"], message["Message-ID"]) == ("desk@example.org", "<b1@findingaid>")
    assert message["Subject"] == "Alert cameras: 2 passages new for camera"
    text = message.get_content()
    for part in ("[finding] Watchdog, Report 1, p. 4", "Officers lost the “camera”.", "r1.p1.0123456789", "000001-abc"):
        assert part in text


def test_a_long_mail_is_cut(inbox):
    """Beyond fifty items an e-mail counts the rest."""
    bring("mailto:ada@example.org", note(70), Post(smtp=inbox.url))
    text = message_from_bytes(inbox.taken[0][1], policy=default).get_content()
    assert ("50. [finding]" in text, "51. [finding]" in text, "and 20 more" in text) == (True, False, True)


def test_a_query_cannot_write_headers(inbox):
    """Line breaks in a query stay in the subject and make no header of their own."""
    bring("mailto:ada@example.org", note().replaced(query="x\r\nBcc: eve@example.org"), Post(smtp=inbox.url))
    ((receivers, content),) = inbox.taken
    assert receivers == ["ada@example.org"]
    assert message_from_bytes(content, policy=default)["Bcc"] is None


def test_mail_that_is_not_taken(inbox):
    """A server that refuses, or is not there, is a delivery that failed; no text of a report is in the error."""
    inbox.refuse = True
    for url in (inbox.url, "smtp://127.0.0.1:9"):
        with pytest.raises(DeliveryFailed) as caught:
            bring("mailto:ada@example.org", note(), Post(smtp=url))
        assert "camera" not in str(caught.value)


def test_a_password_goes_to_this_machine_or_over_tls(inbox):
    """A server that offers no sign-in is a failed delivery, not an unsigned one."""
    post = Post(smtp=inbox.url, user="ada", password=SecretStr("not-a-secret"))
    with pytest.raises(DeliveryFailed, match="SMTPNotSupportedError"):
        bring("mailto:ada@example.org", note(), post)
    assert inbox.taken == []


@pytest.fixture
def hook():
    """A webhook on loopback: what it gets, and what it answers."""
    got: list[tuple[str, str, bytes]] = []
    answers = [200]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            got.append((self.path, self.headers["idempotency-key"], body))
            self.send_response(answers[0])
            if answers[0] == 302:
                self.send_header("location", "/elsewhere")
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/in", got, answers
    server.shutdown()
    server.server_close()


def test_webhook(hook):
    """A webhook gets the whole note as JSON, with the batch as the key by which it can tell a repetition."""
    url, got, _ = hook
    bring(url, note())
    ((path, key, body),) = got
    assert (path, key) == ("/in", "b1")
    assert json.loads(body) == note().model_dump(mode="json")


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_webhook_that_does_not_take_it(hook, status):
    """Anything but a success is a failure, and no redirection is followed."""
    url, got, answers = hook
    answers[0] = status
    with pytest.raises(DeliveryFailed, match=str(status)):
        bring(url, note())
    assert len(got) == 1


ALLOWED = Post(hosts=("hooks.example.org",), smtp="smtp://127.0.0.1:25")


@pytest.mark.parametrize(
    "output",
    ["-", "mailto:ada@example.org", "https://hooks.example.org/x", "http://127.0.0.1:8080/x", "http://[::1]/x",
     "http://localhost/x"],
)  # fmt: skip
def test_outputs_that_are_allowed(output):
    """Loopback in any form, and hosts on the list by https."""
    assert checked(output, ALLOWED) == output


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("https://example.org/x", "example.org are not allowed"),
        ("https://hooks.example.org.evil.example/x", "not allowed"),
        ("https://HOOKS.example.org@evil.example/x", "name or password"),
        ("http://hooks.example.org/x", "must be https"),
        ("https://169.254.169.254/latest", "not allowed"),
        ("http://0.0.0.0/x", "not allowed"),
        ("ftp://127.0.0.1/x", "http"),
        ("mailto:ada", "no address"),
        ("mailto:ada@example.org,", "no address"),
        ("/nowhere/at/all.jsonl", "cannot be a file"),
    ],
)
def test_outputs_that_are_refused(output, said):
    """A saved search reaches only what the settings allow, and the error says what to do."""
    with pytest.raises(UsageError, match=said):
        checked(output, ALLOWED)


def test_mail_needs_a_server():
    """Without a mail server in the settings an e-mail address is refused when it is given."""
    with pytest.raises(UsageError, match="FINDINGAID_SMTP"):
        checked("mailto:ada@example.org", Post())


def test_the_list_holds_when_an_alert_runs(hook):
    """A host that was taken off the list after the alert was saved gets nothing."""
    with pytest.raises(UsageError, match="not allowed"):
        bring("https://hooks.example.org/x", note())


def test_text_for_people_has_no_escapes():
    """Nothing in a report reaches a terminal as a command."""
    wild = note(1).replaced(items=({**ITEM, "text": "red \x1b[31malert"},))
    assert "\x1b" not in as_text(wild)
