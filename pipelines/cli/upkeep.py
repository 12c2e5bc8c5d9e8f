"""``status`` and ``doctor``: what is stored, what failed and why, and what is wrong with this machine."""

from typing import Annotated, Any

import typer

from extractors.errors import FindingAidError
from pipelines.cli.options import Json
from pipelines.cli.talk import out, out_json, table

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
        table(columns, ([str(row[name]) for name in columns] for row in found["reports"]), right=(3, 4, 5))


def _show(found: dict[str, Any]) -> None:
    results = ", ".join(f"{count} {name}" for name, count in sorted(found["results"].items())) or "none worked on"
    out(f"home      {found['home']}")
    out(f"documents {found['documents']} ({results}; {found['waiting']} waiting)")
    out(f"read      {found['pages']} pages, {found['passages']} passages, {found['recommendations']} recommendations")
    out(f"served    {found['served_reports']} reports")
    for run in found["runs"]:
        ended = run["finished_at"][:16] if run["finished_at"] else "did not end"
        counts = f"{run['found']} found, {run['worked']} worked, {run['failed']} failed"
        out(f"run {run['id']:<5} {run['started_at'][:16]} to {ended}: {counts}")
    if not found["problems"]:
        out("problems  none")
        return
    out(f"problems  {len(found['problems'])}")
    rows = (
        [p["locator"].rpartition("/")[2] or p["locator"], str(p["page"] or ""), p["what"], p["mend"]]
        for p in found["problems"]
    )
    table(("document", "page", "what", "what to do"), rows, right=(1,))


def doctor(json: Json = False) -> None:
    """Look at every part this machine needs; exit code 1 where one is wrong."""
    from pipelines.condition import Verdict
    from pipelines.condition import doctor as look
    from pipelines.settings import load_settings

    wrong = 0
    for check in look(load_settings()):
        wrong += check.verdict is Verdict.WRONG
        if json:
            out_json(check.model_dump(mode="json"))
        else:
            out(f"{check.verdict.value:<6}{check.name:<11}{check.what} {check.mend}".rstrip())
    if wrong:
        raise FindingAidError(f"{wrong} of the checks went wrong.", mend="What to do stands beside each.")
