"""Alerts of one home, as commands, flows and pages run them: one run at a time."""

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from filelock import FileLock, Timeout

from extractors.errors import StoreError
from pipelines.delivery import Post, deliver
from pipelines.opening import open_corpus
from pipelines.settings import Settings
from pipelines.store.alerts import AlertBook
from pipelines.store.store import Store
from pipelines.watching import Note, Ran
from pipelines.watching import run as run_each


def book(settings: Settings) -> AlertBook:
    """The alerts of the home."""
    return AlertBook(Store(settings.home).catalogue)


def post_of(settings: Settings) -> Post:
    """What the settings say of e-mail and webhooks."""
    hosts = tuple(host.strip().lower() for host in settings.webhook_hosts.split(",") if host.strip())
    return Post(
        smtp=settings.smtp,
        user=settings.smtp_user,
        password=settings.smtp_password,
        sender=settings.mail_from,
        hosts=hosts,
    )


def run(settings: Settings, names: Sequence[str], say: Callable[[Note], None] | None) -> list[Ran]:
    """Run alerts, all where none is named; *say* takes what goes to stdout. Without it, that waits for another run.

    Raises:
        StoreError: another process is running them.
    """
    held, post = book(settings), post_of(settings)

    def bring(output: str, note: Note) -> None:
        deliver(output, note, post, say or _nobody)
        sys.stdout.flush()  # said before it is noted as said

    lock = FileLock(settings.home / "alerts.lock", timeout=0)
    try:
        with lock:
            index, held_back = open_corpus(settings).index, () if say else ("-",)
            return list(run_each(held, index, bring, datetime.now(UTC), names, held_back))
    except Timeout:
        raise StoreError("Alerts are being run by another process.", mend="Wait for it to end.") from None


def _nobody(_note: Note) -> None:
    raise AssertionError("stdout is held back where nobody reads it")
