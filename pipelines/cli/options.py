"""Options that several commands share, and the checks that turn words into what they mean."""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from extractors.errors import UsageError
from pipelines.cli.talk import say

if TYPE_CHECKING:
    from extractors.records import Role
    from index.protocol import Filters, Mode, Sort
    from pipelines.settings import Settings

Json = Annotated[bool, typer.Option("--json", help="Print JSON lines instead of text.")]
Csv = Annotated[bool, typer.Option("--csv", help="Print CSV instead of text.")]
Roles = Annotated[list[str] | None, typer.Option("--role", help="Only passages with this role; repeat for several.")]
Themes = Annotated[
    list[str] | None, typer.Option("--theme", help="Only this theme, by code or title; repeat for several.")
]
Forces = Annotated[list[str] | None, typer.Option("--force", help="Only this force, by any of its names.")]
Sources = Annotated[list[str] | None, typer.Option("--source", help="Only reports from this source.")]
Investigations = Annotated[list[str] | None, typer.Option("--investigation", help="Only this investigation.")]
ReportName = Annotated[str | None, typer.Option("--report", help="Only this report: its id, url, file name or title.")]
Decisions = Annotated[list[str] | None, typer.Option("--decision", help="Only what was answered so.")]
ModelFolder = Annotated[
    Path | None, typer.Option("--model", help="Folder of a model (FINDINGAID_MODEL; the shipped one by default).")
]
RuntimeBy = Annotated[
    str | None, typer.Option("--runtime", help="What runs the model: onnx, torch or openvino (FINDINGAID_RUNTIME).")
]
SortBy = Annotated[str, typer.Option("--sort", help="relevance, newest or oldest.")]
ModeBy = Annotated[
    str, typer.Option("--mode", help="text, meaning or hybrid (both). The last two need findingaid publish --vectors.")
]
From = Annotated[str | None, typer.Option("--from", help="Published on or after this day (YYYY-MM-DD or YYYY).")]
To = Annotated[str | None, typer.Option("--to", help="Published on or before this day (YYYY-MM-DD or YYYY).")]


def day(text: str | None, option: str, *, end: bool = False) -> date | None:
    """A day as typed: ISO, or a year alone, which means its first or last day.

    Examples:
        >>> day("2021", "--to", end=True)
        datetime.date(2021, 12, 31)
    """
    if text is None:
        return None
    try:
        if len(text) == 4 and text.isdigit():
            return date(int(text), 12, 31) if end else date(int(text), 1, 1)
        return date.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{option} {text!r} is not a day.", mend="Write it as 2021-06-30, or 2021.") from error


def one_of(text: str, allowed: Iterable[str], option: str) -> str:
    """*text* if it is allowed; otherwise an error that names the nearest and all the rest.

    Examples:
        >>> one_of("Finding", ["finding", "outcome"], "--role")
        'finding'
    """
    known = list(allowed)
    for value in known:
        if value.casefold() == text.casefold():
            return value
    near = nearest(text, known)
    hint = f"Did you mean {near}?" if near else f"It is one of {', '.join(known)}."
    raise UsageError(f"{option} {text!r} is not known.", mend=hint)


def nearest(text: str, known: Iterable[str], *, cutoff: float = 0.6) -> str | None:
    """The one of *known* that is spelt most like *text*, case aside, where one is like enough (``difflib``, 0 to 1)."""
    by_fold = {value.casefold(): value for value in known}
    near = get_close_matches(text.casefold(), by_fold, n=1, cutoff=cutoff)
    return by_fold[near[0]] if near else None


def themes_of(codes: Iterable[str] | None) -> tuple[str, ...]:
    """Codes of themes, which may be given by code or title, checked against the codebook."""
    from extractors.tagging.vocabulary import THEME_CODES, THEME_NAMES

    return tuple(THEME_NAMES.get(code.casefold()) or one_of(code, THEME_CODES, "--theme") for code in codes or ())


def roles_of(names: Iterable[str] | None) -> "tuple[Role, ...]":
    """Roles as typed, checked against the codebook."""
    from extractors.records import Role

    return tuple(Role(one_of(name, Role, "--role")) for name in names or ())


def forces_of(names: Iterable[str] | None) -> tuple[str, ...]:
    """Force names as typed, by their gazetteer names; one that it lacks is taken as it stands, and that is said."""
    return tuple(map(_force, names or ()))


def _force(name: str) -> str:
    from extractors.entities.gazetteer import near_force, resolve_force

    known = resolve_force(name)
    if known is None:
        near = near_force(name)
        say(f"No force is known as '{name}'; it is sought as it stands.{f' Did you mean {near}?' if near else ''}")
    return known or name


def filters_of(
    roles: list[str] | None = None,
    themes: list[str] | None = None,
    forces: list[str] | None = None,
    sources: list[str] | None = None,
    investigations: list[str] | None = None,
    reports: tuple[str, ...] = (),
    since: str | None = None,
    until: str | None = None,
    decisions: list[str] | None = None,
) -> "Filters":
    """The filters that a command's options ask for, each value checked."""
    from extractors.records import Decision
    from index.protocol import Filters

    first, last = day(since, "--from"), day(until, "--to", end=True)
    if first and last and first > last:
        raise UsageError(f"--from {since} is later than --to {until}.", mend="Change the two about.")
    return Filters(
        roles=roles_of(roles),
        themes=themes_of(themes),
        forces=forces_of(forces),
        sources=tuple(sources or ()),
        investigations=tuple(investigations or ()),
        reports=reports,
        decisions=tuple(Decision(one_of(decision, Decision, "--decision")) for decision in decisions or ()),
        published_from=first,
        published_to=last,
    )


def tagger_settings(model: Path | None, runtime: str | None) -> "Settings":
    """The settings, with the tagger that a command's options ask for."""
    from extractors.tagging.runtimes import RuntimeName
    from pipelines.settings import load_settings

    return load_settings(model=model, runtime=runtime and one_of(runtime, RuntimeName, "--runtime"))


def mode_of(text: str) -> "Mode":
    """The way of searching that ``--mode`` asks for."""
    from index.protocol import Mode

    return cast("Mode", one_of(text, get_args(Mode), "--mode"))


def sort_of(text: str) -> "Sort":
    """The order that ``--sort`` asks for."""
    from index.protocol import Sort

    return cast("Sort", one_of(text, get_args(Sort), "--sort"))
