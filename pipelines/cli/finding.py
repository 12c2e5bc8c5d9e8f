"""What ``search`` does once its options are read: ask, then show, explain, count or record."""

import hashlib
from pathlib import Path
from typing import Any, Literal

from extractors.errors import HomeNotWritable
from extractors.records import Record
from extractors.wording import counted
from index.corpus import Corpus
from index.export import QueryRecord, json_line
from index.protocol import Answer, Facet, Filters, Mode, Sort
from index.query import hints
from index.query.explain import Explanation, explain
from pipelines.cli.published import note_unknown, published_corpus
from pipelines.cli.show import show_answer
from pipelines.cli.talk import out, out_json, say
from pipelines.cli.views import hit_fields

FACETS: tuple[Facet, ...] = ("role", "theme", "force", "source", "investigation", "year", "decision")

Form = Literal["text", "json", "csv"]


class Wanted(Record):
    """What is searched, and which part of the answer is wanted."""

    query: str
    filters: Filters
    limit: int
    sort: Sort
    mode: Mode
    after: str | None


def find(wanted: Wanted, *, explained: bool, counted: bool, record: Path | None, form: Form) -> None:
    """Search, and print what was asked for."""
    corpus = published_corpus()
    note_unknown(corpus, wanted.filters)
    answer = corpus.index.search(
        wanted.query,
        wanted.filters,
        limit=wanted.limit,
        facets=FACETS,
        sort=wanted.sort,
        after=wanted.after,
        mode=wanted.mode,
    )
    if explained:
        _show_explanation(_explained(wanted.query, answer), as_json=form == "json")
    elif counted:
        _show_counts(answer, as_json=form == "json")
    else:
        _show_hits(corpus, wanted, answer, record, form)


def _explained(query: str, answer: Answer) -> Explanation:
    return explain(query, synonyms=answer.widened, corrected=answer.corrected)


def _show_hits(corpus: Corpus, wanted: Wanted, answer: Answer, record: Path | None, form: Form) -> None:
    rows = [hit_fields(hit) for hit in answer.hits]
    about = _record(corpus, wanted, answer, rows)
    if form == "json":
        for row in rows:
            out_json(row)
    elif form == "csv":
        from pipelines.cli.files import print_table

        print_table(rows, about)
    else:
        show_answer(answer, about)
    if not answer.total + answer.beside:
        for hint in hints(wanted.query):
            say(hint)
    if answer.cursor and form != "text":
        say(f"{answer.total + answer.beside} in all; the next page: --after {answer.cursor}")
    if record is not None:
        _write(record, about)


def _record(corpus: Corpus, wanted: Wanted, answer: Answer, rows: list[dict[str, Any]]) -> QueryRecord:
    digest = hashlib.sha256(b"".join(map(json_line, rows))).hexdigest()
    asked = QueryRecord.of(corpus.describe(), answer.total, wanted.query, wanted.filters)
    return asked.replaced(
        sort=wanted.sort, mode=wanted.mode, limit=wanted.limit, answer=digest, generation=answer.generation
    )


def _write(path: Path, record: QueryRecord) -> None:
    try:
        path.write_text(record.model_dump_json(indent=2, exclude_defaults=True) + "\n", "utf-8")
    except OSError as error:
        raise HomeNotWritable(f"{path} cannot be written.", mend="Name a file you may write.") from error


def _show_counts(answer: Answer, *, as_json: bool) -> None:
    """All values of all facets, over all hits."""
    if as_json:
        facets = {name: dict(values) for name, values in answer.facets.items()}
        out_json({"total": answer.total, "beside": answer.beside, "facets": facets})
        return
    out(counted(answer.total, "passage"))
    for name, values in answer.facets.items():
        for value, count in values.items():
            out(f"{name}\t{value}\t{count}")


def _show_explanation(found: Explanation, *, as_json: bool) -> None:
    if as_json:
        out_json(found.model_dump(mode="json"))
        return
    out(f"meant      {found.meant or 'every passage'}")
    for line in found.tree:
        out(f"           {line}")
    if found.terms:
        out("stems      " + ", ".join(f"{term} → {stem}" for term, stem in found.terms.items()))
    if found.exact:
        out("as written " + ", ".join(found.exact))
    if found.left_out:
        out("left out   " + ", ".join(found.left_out))
    for word, names in found.synonyms.items():
        out(f"also       {word}: {', '.join(names)}")
    for word, instead in found.corrected.items():
        out(f"spelt      {word} as {instead}")
    out("sought in  " + ", ".join(f"{field} x{weight:g}" for field, weight in found.weights.items()))
    for hint in found.hints:
        out(f"hint       {hint}")
