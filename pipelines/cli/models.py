"""``train`` and ``measure``: make a tagger from labelled paragraphs, and say how good one is."""

import typer


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
