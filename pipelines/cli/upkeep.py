"""``status`` and ``doctor``: what is stored, what failed and why, and what is wrong with this machine."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from extractors.errors import FindingAidError
from extractors.wording import counted
from pipelines.cli.options import Json
from pipelines.cli.talk import notes, out, out_json, table

Server = Annotated[str | None, typer.Option("--index", help="Look at this Elasticsearch (FINDINGAID_INDEX).")]
Reports = Annotated[bool, typer.Option("--reports", help="List every report too.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(status)
    app.command()(doctor)


def status(reports: Reports = False, json: Json = False) -> None:
    """What is stored and served, and every problem with its document, page and what to do."""
    from pipelines import condition, job
    from pipelines.settings import load_settings
    from pipelines.store.store import Store

    settings = load_settings()
    found = condition.status(Store(settings.home), job.tagged_version(settings))
    if json:
        out_json(found)
        return
    _show(found)
    if reports:
        columns = ("report", "title", "status", "pages", "passages", "recommendations")
        rows = ([_file(row["place"]), *(str(row[name]) for name in columns)] for row in found["reports"])
        heads = ("file", "report", "title", "status", "pages", "passages", "recs")
        table(heads, rows, right=(4, 5, 6), whole=(1, 3, 4, 5, 6))


def _show(found: dict[str, Any]) -> None:
    results = ", ".join(f"{count} {name}" for name, count in sorted(found["results"].items())) or "none worked on"
    out(f"home      {found['home']}")
    out(f"documents {found['documents']} ({results}; {found['waiting']} waiting)")
    out(f"read      {', '.join(counted(found[f'{noun}s'], noun) for noun in ('page', 'passage', 'recommendation'))}")
    due = f" ({found['reports_to_publish']} to publish)" if found["reports_to_publish"] else ""
    out(f"served    {counted(found['served_reports'], 'report')}{due}")
    if found["reviewed_sentences"]:
        out(f"reviewed  {counted(found['reviewed_sentences'], 'sentence')}")
    for run in found["runs"]:
        ended = run["finished_at"][:16] if run["finished_at"] else "did not end"
        counts = f"{run['found']} found, {run['worked']} worked, {run['failed']} failed"
        out(f"run {run['id']:<5} {run['started_at'][:16]} to {ended}: {counts}")
    if not found["problems"]:
        out("problems  none")
        return
    out(f"problems  {len(found['problems'])}")
    by_document: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for problem in found["problems"]:
        by_document[problem["locator"]].append(problem)
    # Documents that could not be read at all come first: they are what a person looks for.
    for locator in sorted(by_document, key=lambda name: all(p["page"] for p in by_document[name])):
        out(f"\n{_file(locator)}")
        notes(_together(by_document[locator]))


def _file(locator: str) -> str:
    """The last part of a path or address, by which people know a document."""
    return locator.rpartition("/")[2] or locator


def _together(problems: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """The same problem of several pages once, beside the pages: six blank pages are one line.

    What differs between them, such as how sure OCR was, stands in brackets and is left out.
    """
    alike: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for problem in problems:
        alike[problem["kind"], problem["mend"]].append(problem)
    for (_, mend), several in alike.items():
        pages = [problem["page"] for problem in several if problem["page"]]
        said = {re.sub(r"\bPage \d+\b", "The page", p["what"]) if pages else p["what"]: None for p in several}
        if len(said) > 1:
            said = {re.sub(r"\s*\([^()]*\)", "", what): None for what in said}
        yield (f"  p. {ranges(pages)}" if pages else "  failed"), f"{' '.join(said)} {mend}".strip()


def ranges(pages: Sequence[int]) -> str:
    """Pages in few words.

    Examples:
        >>> ranges([2, 18, 236, 237, 238])
        '2, 18, 236-238'
    """
    runs: list[list[int]] = []
    for page in sorted(set(pages)):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def doctor(json: Json = False, index: Server = None) -> None:
    """Look at every part this machine needs, and at a search server; exit code 1 where one is wrong."""
    from pipelines.condition import Verdict
    from pipelines.condition import doctor as look
    from pipelines.settings import load_settings

    wrong = 0
    for check in look(load_settings(index=index)):
        wrong += check.verdict is Verdict.WRONG
        if json:
            out_json(check.model_dump(mode="json"))
        else:
            said = f"{check.what}. {check.mend}" if check.mend else check.what
            out(f"{check.verdict.value:<6}{check.name:<11}{said}")
    if wrong:
        raise FindingAidError(f"{wrong} of the checks went wrong.", mend="What to do stands beside each.")
