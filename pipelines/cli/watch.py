"""``alerts``: saved searches that report what is new, each passage and recommendation once."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from extractors.errors import UsageError
from pipelines.cli.options import Forces, Investigations, Json, Roles, Sources, Themes, filters_of, one_of
from pipelines.cli.talk import out, out_json, say

if TYPE_CHECKING:
    from pipelines.watching import Note

Name = Annotated[str, typer.Argument(help="The alert's name: letters, digits, dots and dashes.")]
Names = Annotated[list[str] | None, typer.Argument(help="Only these; all of them by default.")]
Query = Annotated[str, typer.Argument(help="As for findingaid search.")]
Outputs = Annotated[
    list[str] | None,
    typer.Option("--to", help="- (stdout), a file, mailto:ADDRESS or a webhook's address; repeat for several."),
]
Kinds = Annotated[str, typer.Option("--kind", help="passages, recommendations or both.")]
FromStart = Annotated[bool, typer.Option("--from-start", help="Report what answers already, too.")]

alerts = typer.Typer(help="Saved searches that report what is new, each once.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.add_typer(alerts, name="alerts")


@alerts.command("add")
def add(
    name: Name,
    query: Query,
    to: Outputs = None,
    kind: Kinds = "both",
    from_start: FromStart = False,
    role: Roles = None,
    theme: Themes = None,
    force: Forces = None,
    source: Sources = None,
    investigation: Investigations = None,
) -> None:
    """Save a search. Its next run reports what is new since now."""
    from pipelines.alerting import book, post_of
    from pipelines.delivery import checked
    from pipelines.opening import open_corpus
    from pipelines.settings import load_settings
    from pipelines.store.alerts import Alert
    from pipelines.watching import save

    settings = load_settings()
    wanted = one_of(kind, ("passages", "recommendations", "both"), "--kind")
    given = {
        "name": name,
        "query": query,
        "filters": filters_of(role, theme, force, source, investigation),
        "outputs": tuple(checked(output, post_of(settings)) for output in to or ["-"]),
        "created_at": datetime.now(UTC),
        **({} if wanted == "both" else {"kinds": (wanted,)}),
    }
    try:
        alert = Alert.model_validate(given)
    except ValueError as error:
        raise UsageError(
            f"{name!r} cannot be an alert's name.", mend="Use letters, digits, dots and dashes."
        ) from error
    save(book(settings), open_corpus(settings).index, alert, from_start=from_start)
    say(f"Saved. findingaid alerts run {name} reports what is new{'' if from_start else ' from now on'}.")


@alerts.command("list")
def list_alerts(json: Json = False) -> None:
    """Every alert: what it asks, where it reports, when it ran."""
    from pipelines.alerting import book
    from pipelines.settings import load_settings

    held = book(load_settings())
    waiting = held.undelivered()
    for alert in held.all():
        if json:
            out_json({**alert.model_dump(mode="json"), "waiting": waiting.get(alert.name, 0)})
            continue
        ran = f"ran {alert.ran_at:%Y-%m-%d %H:%M}" if alert.ran_at else "has not run"
        late = f", {waiting[alert.name]} deliveries wait" if alert.name in waiting else ""
        out(f"{alert.name}: {alert.query or 'everything'} → {', '.join(alert.outputs)} ({ran}{late})")


@alerts.command("run")
def run_alerts(names: Names = None, json: Json = False) -> None:
    """Report what is new since the last run, and deliver what could not be delivered then."""
    from pipelines.alerting import run
    from pipelines.delivery import as_text
    from pipelines.settings import load_settings
    from pipelines.watching import refuse_failures

    def show(note: "Note") -> None:
        if json:
            for item in note.items:
                out_json({"alert": note.alert, "batch": note.batch, **item})
        else:
            out(as_text(note))

    ran = run(load_settings(), names or (), show)
    for one in ran:
        say(f"{one.alert}: {one.new} new, {one.delivered} delivered.")
    refuse_failures(ran)


@alerts.command("remove")
def remove(name: Name) -> None:
    """Forget an alert and all that it has reported."""
    from pipelines.alerting import book
    from pipelines.settings import load_settings

    if not book(load_settings()).remove(name):
        raise UsageError(f"There is no alert named {name!r}.", mend="findingaid alerts list names them.")
    say(f"Removed {name}.")
