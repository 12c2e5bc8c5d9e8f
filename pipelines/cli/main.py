"""The ``findingaid`` command. Commands import what they need when they run, so that help is instant."""

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from extractors.errors import FindingAidError, UsageError
from pipelines.cli import answers, comparing, exports, intake, models, review, tagging, texts, upkeep, watch

app = typer.Typer(
    name="findingaid",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        print(f"findingaid {version('findingaid')}")  # noqa: T201 - the answer, before any command runs
        raise typer.Exit


@app.callback()
def front(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """Reads reports of police watchdogs, inspectorates, coroners and inquiries; tags, indexes and compares them."""


for module in (intake, texts, tagging, answers, exports, comparing, watch, review, models, upkeep):
    module.add_to(app)


def _refuse_what_is_no_text(arguments: Sequence[str]) -> None:
    """Bytes that are no UTF-8 reach us as half surrogates, which nothing can store or print."""
    for place, argument in enumerate(arguments, 1):
        if any("\ud800" <= letter <= "\udfff" for letter in argument):
            raise UsageError(
                f"Argument {place} is no text in UTF-8.", mend="Of a file with such a name, name the folder instead."
            )


def main() -> None:
    """Run the command line; errors raised on purpose end it with one sentence and their exit code."""
    try:
        _refuse_what_is_no_text(sys.argv[1:])
        app()
    except FindingAidError as error:
        print(f"findingaid: {error}", file=sys.stderr)  # noqa: T201 - stderr is where errors go
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        print("findingaid: stopped; what was done is kept.", file=sys.stderr)  # noqa: T201 - as above
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output went away (`| head`): not an error, and nothing more to say.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


if __name__ == "__main__":
    main()
