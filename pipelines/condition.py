"""What the store holds and what is wrong: the facts behind ``status`` and ``doctor``."""

import importlib.metadata
import platform
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import Any

from extractors.errors import FindingAidError
from extractors.records import Record
from extractors.wording import counted
from pipelines.settings import Settings, prefect_api_url
from pipelines.store.store import Store, prepare_home

LAST_RUNS = 5
NEEDED_BYTES = 1 << 30
"""Less free space than this is worth a word."""


class Verdict(StrEnum):
    """How a check went."""

    OK = "ok"
    NOTE = "note"
    WRONG = "wrong"


class Check(Record):
    """One thing that was looked at."""

    name: str
    verdict: Verdict
    what: str
    mend: str = ""


def status(store: Store, version: str) -> dict[str, Any]:
    """What is known of every document, in ids, places and counts.

    Args:
        store: the home's store.
        version: the tagged stage's version whose results count.
    """
    results = store.catalogue.results(version)
    return {
        "home": str(store.home),
        "documents": store.catalogue.current_documents(),
        "results": dict(Counter(row["status"] for row in results)),
        "pages": sum(row["pages"] for row in results),
        "passages": sum(row["passages"] for row in results),
        "recommendations": sum(row["recommendations"] for row in results),
        "waiting": len(store.catalogue.pending(version)),
        "served_reports": len(store.catalogue.rows("published")),
        "reports_to_publish": len(store.catalogue.due(version)[0]),
        "reviewed_sentences": len(store.catalogue.rows("reviews")),
        "problems": [_problem_fields(row) for row in store.catalogue.problems()],
        "reports": [_report_fields(row) for row in results],
        "runs": [_times(row) for row in store.catalogue.rows("runs")[-LAST_RUNS:]],
    }


def _problem_fields(row: dict[str, Any]) -> dict[str, Any]:
    names = ("locator", "kind", "what", "mend", "page", "exit_code", "sha256")
    return {name: row[name] for name in names}


def _report_fields(row: dict[str, Any]) -> dict[str, Any]:
    names = ("report", "title", "status", "pages", "passages", "recommendations", "seconds", "place")
    return {name: row[name] for name in names}


def _times(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}


def doctor(settings: Settings) -> Iterator[Check]:
    """Look at every part in turn; a part that is wrong never hides the next."""
    yield Check(name="python", verdict=Verdict.OK, what=f"{platform.python_version()} on {platform.system()}")
    for name, look in (
        ("home", _home),
        ("catalogue", _catalogue),
        ("tagger", _tagger),
        ("index", _index),
        ("ocr", _ocr),
        ("prefect", _prefect),
    ):
        yield _checked(name, look, settings)
    if settings.index is not None:
        yield from _server(settings)


def _checked(name: str, look: Callable[[Settings], tuple[Verdict, str, str]], settings: Settings) -> Check:
    try:
        verdict, what, mend = look(settings)
    except FindingAidError as error:
        return Check(name=name, verdict=Verdict.WRONG, what=error.what, mend=error.mend)
    except Exception as error:  # noqa: BLE001 - the doctor must survive every patient
        return Check(name=name, verdict=Verdict.WRONG, what=f"{type(error).__name__} while looking.")
    return Check(name=name, verdict=verdict, what=what, mend=mend)


def _home(settings: Settings) -> tuple[Verdict, str, str]:
    prepare_home(settings.home)
    free = shutil.disk_usage(settings.home).free
    said = f"{settings.home}, {free / (1 << 30):.1f} GiB free"
    if free < NEEDED_BYTES:
        return Verdict.NOTE, said, "Free some space before a large ingest."
    return Verdict.OK, said, ""


def _catalogue(settings: Settings) -> tuple[Verdict, str, str]:
    held = Store(settings.home).catalogue.current_documents()
    return Verdict.OK, counted(held, "document"), ""


def _tagger(settings: Settings) -> tuple[Verdict, str, str]:
    from extractors.tagging.tagger import load_tagger

    maker = load_tagger(settings.model).maker
    return Verdict.OK, f"{maker.name}, revision {maker.revision[:12]}", ""


def _index(settings: Settings) -> tuple[Verdict, str, str]:
    from pipelines.opening import open_index

    held = open_index(settings).describe()
    if held.generation is None:
        return Verdict.NOTE, "nothing published yet", "Run findingaid ingest PATH."
    if held.outdated:
        return Verdict.WRONG, f"generation {held.generation} is of an earlier version", "Run findingaid publish."
    nouns = {"report": held.reports, "passage": held.passages, "recommendation": held.recommendations}
    counts = ", ".join(counted(count, noun) for noun, count in nouns.items())
    return Verdict.OK, f"{held.back_end}, generation {held.generation}: {counts}", ""


def _server(settings: Settings) -> Iterator[Check]:
    """What the search server says of itself, where one is named."""
    from pipelines.opening import server_of

    try:
        server = server_of(settings)
    except FindingAidError as error:
        yield Check(name="server", verdict=Verdict.WRONG, what=error.what, mend=error.mend)
        return
    from index.elastic.checkup import look

    for sign in look(server):
        verdict = Verdict.WRONG if sign.grave else Verdict.NOTE if sign.mend else Verdict.OK
        yield Check(name=sign.name, verdict=verdict, what=sign.what, mend=sign.mend)


def _ocr(_settings: Settings) -> tuple[Verdict, str, str]:
    from extractors.formats.pdf.ocr import find_engine

    found = find_engine()
    if found is None:
        said = "no OCR engine: pages that are pictures are recorded as problems"
        return Verdict.NOTE, said, "Install tesseract-ocr, or findingaid[ocr]."
    engine = shutil.which(found.name)
    if engine is None:
        return Verdict.NOTE, f"{found.name}, which is slow", "Install tesseract-ocr to read scans four times as fast."
    said = subprocess.run([engine, "--version"], capture_output=True, text=True, check=False, timeout=20)  # noqa: S603 - found on PATH
    return Verdict.OK, (said.stdout or said.stderr).split("\n")[0], ""


def _prefect(_settings: Settings) -> tuple[Verdict, str, str]:
    try:
        version = importlib.metadata.version("prefect")
    except importlib.metadata.PackageNotFoundError:
        return (
            Verdict.NOTE,
            "not installed: runs are not scheduled or tracked",
            "Install findingaid[prefect] to schedule.",
        )
    url = prefect_api_url()
    if url is None:
        return Verdict.OK, f"{version}; PREFECT_API_URL is not set, so runs are plain", ""
    import httpx

    try:
        httpx.get(f"{url.rstrip('/')}/health", timeout=5).raise_for_status()
    except httpx.HTTPError as error:
        return (
            Verdict.WRONG,
            f"the server at PREFECT_API_URL does not answer ({type(error).__name__})",
            "Start it, or unset it.",
        )
    return Verdict.OK, f"{version}; the server at PREFECT_API_URL answers", ""
