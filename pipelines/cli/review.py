"""``review``: the sentences the tagger was unsure of, and what a person says of them."""

from datetime import UTC, datetime
from typing import Annotated

import typer

from extractors.wording import counted
from pipelines.cli.options import (
    Forces,
    Investigations,
    Json,
    ReportName,
    Sources,
    filters_of,
    roles_of,
)
from pipelines.cli.published import note_unknown, published_corpus, report_ids
from pipelines.cli.talk import out, out_json, say

Likely = Annotated[list[str] | None, typer.Option("--role", help="Only where this role is likeliest; repeatable.")]
Limit = Annotated[int, typer.Option(min=1, help="At most this many.")]
Name = Annotated[str, typer.Argument(help="A sentence, as review list names it.")]
RoleName = Annotated[str, typer.Option("--role", help="What the sentence does.")]
Who = Annotated[str, typer.Option("--by", help="Who says so.")]

review = typer.Typer(help="Sentences the tagger was unsure of: look, correct, export as labels.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.add_typer(review, name="review")


def _reviews() -> list[dict[str, object]]:
    from pipelines.settings import load_settings
    from pipelines.store.store import Store

    return Store(load_settings().home).catalogue.rows("reviews")


@review.command("list")
def list_doubts(
    report: ReportName = None,
    role: Likely = None,
    force: Forces = None,
    source: Sources = None,
    investigation: Investigations = None,
    limit: Limit = 20,
    json: Json = False,
) -> None:
    """The queue: sentences nobody has reviewed, the least sure first, each in its context."""
    from pipelines.reviewing import doubts

    corpus = published_corpus()
    filters = filters_of(forces=force, sources=source, investigations=investigation, reports=report_ids(corpus, report))
    note_unknown(corpus, filters)
    waiting = doubts(corpus.index, (str(row["sentence"]) for row in _reviews()), filters, roles_of(role))
    for doubt in waiting[:limit]:
        if json:
            out_json(doubt.model_dump(mode="json"))
        else:
            out(f"{doubt.id}  {doubt.reason}  ({doubt.report}, p. {doubt.citation_page})")
            out(f"    … {doubt.before[-80:]}[{doubt.text}]{doubt.after[:80]} …")
    say(f"{min(limit, len(waiting))} of {counted(len(waiting), 'sentence')} to review.")


@review.command("show")
def show(name: Name, json: Json = False) -> None:
    """One sentence in its passage, with the probability of every role and what was said of it before."""
    from pipelines.reviewing import doubt, find

    passage, sentence = find(published_corpus().index, name)
    looked, said = doubt(passage, sentence), [row for row in _reviews() if row["sentence"] == name]
    if json:
        out_json({**looked.model_dump(mode="json"), "scores": sentence.scores, "reviews": said})
        return
    text = passage.block.text
    out(f"{looked.report}, p. {looked.citation_page}: {looked.heading}".rstrip(": "))
    out(f"\n{text[: sentence.start]}[{looked.text}]{text[sentence.end :]}\n")
    out(", ".join(f"{role} {score:.0%}" for role, score in sorted(sentence.scores.items(), key=lambda pair: -pair[1])))
    out(f"reason: {looked.reason}")
    for row in said:
        out(f"{row['who']} said {row['role']} on {row['reviewed_at']:%Y-%m-%d}")


@review.command("set")
def set_role(name: Name, role: RoleName, who: Who) -> None:
    """Say what a sentence does; recorded with who and when."""
    from pipelines.reviewing import correction, find
    from pipelines.settings import load_settings
    from pipelines.store.store import Store

    (meant,) = roles_of([role])
    passage, sentence = find(published_corpus().index, name)
    row = correction(passage, sentence, meant, who, datetime.now(UTC))
    Store(load_settings().home).catalogue.review(row)
    say(f"{name} is {meant.value}; it was {sentence.role.value}.")
    say("Search shows it after findingaid publish or the next ingest; review export gives the corrections to train.")


@review.command("export")
def export_labels() -> None:
    """Print reviewed paragraphs in the format of labels, for findingaid train."""
    from pipelines.reviewing import labels

    count = 0
    for line in labels(published_corpus().index, _reviews()):
        out_json(line)
        count += 1
    say(f"{counted(count, 'reviewed paragraph')}.")
