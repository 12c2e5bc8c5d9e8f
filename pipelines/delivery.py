"""Bring what an alert found to where it is wanted: stdout, a file, e-mail or a webhook.

-                       stdout
news.jsonl              a file: JSON lines, appended, each with the id of its batch
mailto:a@example.org    e-mail by the SMTP server of the settings
https://example.org/x   a webhook of a host on the allow-list, or on this machine
"""

import ipaddress
import json
import os
import re
import smtplib
import ssl
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from email.utils import formatdate
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr

from extractors.errors import DeliveryFailed, UsageError
from extractors.records import Record
from pipelines.cli.talk import plain
from pipelines.watching import Note

MOST_IN_MAIL = 50
"""Items told in one e-mail; the rest is counted."""
EXCERPT = 400
SECONDS = 30

_ADDRESS = re.compile(r"[^\s@<>,;:]+@[^\s@<>,;:]+")


class Post(Record):
    """What the settings say of e-mail and webhooks."""

    smtp: str | None = Field(default=None, description="smtp://host:port or smtps://host:port.")
    user: str | None = None
    password: SecretStr | None = None
    sender: str = "findingaid@localhost"
    hosts: tuple[str, ...] = Field(default=(), description="Hosts that webhooks may reach, besides this machine.")


def checked(output: str, post: Post) -> str:
    """*output* in full, if it can be delivered to.

    Raises:
        UsageError: it cannot; the message says what to set.
    """
    if output == "-":
        return output
    if output.startswith("mailto:"):
        if not all(map(_ADDRESS.fullmatch, _receivers(output))):
            raise UsageError(f"{output} is no address.", mend="For instance mailto:ada@example.org.")
        if post.smtp is None:
            raise UsageError(
                "There is no server for e-mail.", mend="Set FINDINGAID_SMTP, for instance smtp://host:587."
            )
        return output
    if "://" in output:
        _refuse_host(output, post)
        return output
    path = Path(output).expanduser().absolute()
    if not path.parent.is_dir() or path.is_dir():
        raise UsageError(f"{path} cannot be a file.", mend="Name a file in a folder that is there.")
    return str(path)


def deliver(output: str, note: Note, post: Post, say: Callable[[Note], None]) -> None:
    """Bring *note* to *output*; what goes to stdout goes through *say*.

    Raises:
        DeliveryFailed: it did not arrive.
    """
    if output == "-":
        say(note)
    elif output.startswith("mailto:"):
        _mail(_receivers(output), note, post)
    elif "://" in output:
        _hook(output, note, post)
    else:
        _append(Path(output), note)


def as_text(note: Note) -> str:
    """A note to be read by a person."""
    shown = [_item(n, item) for n, item in enumerate(note.items[:MOST_IN_MAIL], 1)]
    more = len(note.items) - len(shown)
    rest = [f"and {more} more; search for the same words, newest first, to see them."] if more else []
    return "\n\n".join([note.sentence(), *shown, *rest, f"Corpus {note.generation}, batch {note.batch}"]) + "\n"


def _item(number: int, item: Mapping[str, Any]) -> str:
    kind = item["kind"] if item["kind"] == "recommendation" else item["role"]
    text = str(item["text"])
    cut = text if len(text) <= EXCERPT else text[:EXCERPT].rsplit(" ", 1)[0] + " …"
    return plain(f"{number}. [{kind}] {item['citation']}\n   {cut}\n   {item['url']}\n   {item['citation_id']}")


def _append(path: Path, note: Note) -> None:
    """Append the note's items as JSON lines, once: what a crash left half done is cut off and written again."""
    lines = [
        json.dumps({"alert": note.alert, "batch": note.batch, **i}, ensure_ascii=False, default=str) for i in note.items
    ]
    try:
        with path.open("a+b") as file:
            whole, ours = _ends(path, note.batch)
            if ours is not None and whole == len(lines):
                return
            if ours is not None:
                file.truncate(ours)
            file.seek(0, os.SEEK_END)
            file.write("".join(f"{line}\n" for line in lines).encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise DeliveryFailed(f"{path} cannot be written: {error.strerror}.") from error


def _ends(path: Path, batch: str) -> tuple[int, int | None]:
    """How many whole lines of *batch* the file holds, and where its first, or a line cut short, begins."""
    whole, first, at = 0, None, 0
    with path.open("rb") as file:
        for line in file:
            ours = f'"batch": "{batch}"'.encode() in line
            if first is None and (ours or not line.endswith(b"\n")):
                first = at
            whole += ours and line.endswith(b"\n")
            at += len(line)
    return whole, first


def _receivers(output: str) -> list[str]:
    return [one.strip() for one in output.removeprefix("mailto:").split(",")]


def _mail(receivers: list[str], note: Note, post: Post) -> None:
    message = EmailMessage()
    message["From"], message["To"] = post.sender, ", ".join(receivers)
    message["Subject"] = plain(note.sentence()).replace("\n", " ")[:200]
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{note.batch}@findingaid>"  # the same batch again is the same message
    message.set_content(as_text(note))
    try:
        with _server(post) as server:
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise DeliveryFailed(f"The mail server did not take it: {type(error).__name__}.") from error


def _server(post: Post) -> smtplib.SMTP:
    """The mail server, signed in; a password never goes over an open line to another machine."""
    address = urlsplit(post.smtp or "")
    host = address.hostname or "localhost"
    safe = ssl.create_default_context()
    if address.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, address.port or 465, timeout=SECONDS, context=safe)
    else:
        server = smtplib.SMTP(host, address.port or 25, timeout=SECONDS)
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=safe)
            server.ehlo()
        elif post.user and not _on_this_machine(host):
            server.close()
            raise DeliveryFailed("The mail server offers no encryption, so the password was not sent.")
    try:
        if post.user and post.password:
            server.login(post.user, post.password.get_secret_value())
    except smtplib.SMTPException:
        server.close()
        raise
    return server


def _hook(url: str, note: Note, post: Post) -> None:
    import httpx

    _refuse_host(url, post)
    try:
        body = json.dumps(note.model_dump(mode="json"), ensure_ascii=False, default=str).encode()
        headers = {"content-type": "application/json", "idempotency-key": note.batch}
        answer = httpx.post(url, content=body, headers=headers, timeout=SECONDS, follow_redirects=False)
    except httpx.HTTPError as error:
        raise DeliveryFailed(f"The webhook did not answer: {type(error).__name__}.") from error
    if not answer.is_success:
        raise DeliveryFailed(f"The webhook answered {answer.status_code}.")


def _refuse_host(url: str, post: Post) -> None:
    """Refuse a webhook of a host that nobody allowed: a saved search must not become a way into the network.

    Raises:
        UsageError: it is of another host, or its line is open.
    """
    address = urlsplit(url)
    host = (address.hostname or "").lower()
    if address.scheme not in {"http", "https"} or address.username or not host:
        raise UsageError("A webhook is an http(s) address without a name or password in it.")
    if _on_this_machine(host):
        return
    if host not in post.hosts:
        raise UsageError(f"Webhooks to {host} are not allowed.", mend="Name it in FINDINGAID_WEBHOOK_HOSTS.")
    if address.scheme != "https":
        raise UsageError(f"Webhooks to {host} must be https.")


def _on_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
