"""How answers look on a terminal."""

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any

from rich.text import Text

from extractors.wording import counted
from index.citing import citation_id
from index.export import QueryRecord
from index.protocol import Answer, Hit
from pipelines.cli.talk import console, out, plain, say, table
from pipelines.cli.views import citation, main_role, unsure_of

MOST_NAMES = 3
"""Other names of a word that are shown; --explain shows them all."""
AROUND = 320
"""Characters of a passage shown around its first highlight."""


def show_answer(answer: Answer, record: QueryRecord | None = None) -> None:
    """Hits with role, citation, text and themes; then what the hits are made of, and of which corpus to cite."""
    if not answer.total + answer.beside:
        say("No passage answers this. Try fewer words, or drop a filter.")
        return
    for place, hit in enumerate(answer.hits, 1):
        _show_hit(place, hit)
    shown = f"{len(answer.hits)} of {counted(answer.total + answer.beside, 'passage')}"
    counts = [_counts(name, values) for name, values in answer.facets.items() if values]
    cited = [f"  corpus {record.generation}, tags by {', '.join(record.models)}"] if record else []
    following = [f"  next page: --after {answer.cursor}"] if answer.cursor else []
    out("\n".join([shown, *_readings(answer), *counts, *cited, *following]))


def _readings(answer: Answer) -> list[str]:
    """What was sought in place of the words of the query, or beside them, and what the total leaves out."""
    said: list[str] = []
    if answer.relaxed:
        said.append("nothing holds enough of the words; these hold any of them")
    if answer.beside:
        said.append(f"{answer.total} by the words, and counted below; {answer.beside} near in meaning beside them")
    said += [f"'{word}' read as '{instead}'" for word, instead in answer.corrected.items()]
    for word, names in answer.widened.items():
        more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
        said.append(f"'{word.replace('-', ' ')}' sought also as {', '.join(names[:MOST_NAMES])}{more}")
    return ["  " + "; ".join(said)] if said else []


def _counts(name: str, values: Mapping[str, int]) -> str:
    most = sorted(values.items(), key=lambda item: (-item[1], item[0]))[:6]
    return f"  {name}: " + ", ".join(f"{value} {count}" for value, count in most)


def _show_hit(place: int, hit: Hit) -> None:
    passage = hit.passage
    unsure, said = unsure_of(passage), "+".join(role.value for role in passage.roles)
    roles = f"unsure: {unsure}?" if unsure else said or main_role(passage).value
    roles += ", reviewed" if passage.reviewed_roles else ""
    draw = console()
    draw.print(Text.assemble(f"{place:>2}. ", (f"[{roles}]", "bold"), " ", plain(citation(passage))))
    draw.print(_excerpt(hit), soft_wrap=False, width=min(draw.width, 110))
    speakers = [f"{role.value} by {name}" for role, name in passage.speakers]
    about = [("whose", speakers), ("themes", passage.theme_codes), ("forces", passage.forces)]
    notes = [f"{name}: {', '.join(values)}" for name, values in about if values]
    notes += [_printed(hit)] if hit.also else []
    draw.print(Text("    " + " | ".join([*notes, f"id: {citation_id(passage)}"]), style="dim"))
    draw.print()


def _printed(hit: Hit) -> str:
    """Where the report prints the words once more."""
    times = {1: "twice", 2: "three times"}.get(len(hit.also), f"{len(hit.also) + 1} times")
    pages = dict.fromkeys(str(one.pages[0]) for one in hit.also)
    return f"printed {times}, also on page{'s' if len(pages) > 1 else ''} {', '.join(pages)}"


def _excerpt(hit: Hit) -> Text:
    """The part of the passage around its first highlight, with the highlights in bold."""
    whole = hit.passage.block.text or " / ".join(" | ".join(row) for row in hit.passage.block.rows)
    first = hit.highlights[0].start if hit.highlights else 0
    start = _word_start(whole, max(0, first - AROUND // 4))
    end = min(len(whole), start + AROUND)
    shown = Text(plain(whole))
    if len(shown) == len(whole):
        for span in hit.highlights:
            shown.stylize("bold underline", span.start, span.end)
    part = shown[start:end] if len(shown) else shown
    lead, tail = ("… " if start else ""), (" …" if end < len(whole) else "")
    return Text.assemble("    ", lead, part, tail)


def _word_start(text: str, near: int) -> int:
    """The start of the word at or before *near*."""
    return near if near == 0 else text.rfind(" ", 0, near) + 1


def show_register(rows: Sequence[Mapping[str, Any]]) -> None:
    """The register as a table, one recommendation a row."""
    if not rows:
        say("No recommendation meets this.")
        return
    columns = ("no.", "recommendation", "to", "page", "due", "status")
    reports = {row["report"]: row for row in rows}
    for report, row in reports.items():
        own = (_register_row(other) for other in rows if other["report"] == report)
        title = _report_line(row) if len(reports) > 1 else ""
        table(columns, own, title=title, right=(3,), most={2: 26, 3: 11}, whole=(0, 4, 5))
    out(f"{counted(len(rows), 'recommendation')} in {counted(len(reports), 'report')}")
    if any(row["status"] == "overdue" for row in rows):
        out("Overdue: the date has passed and no answer is known here. Answers in other documents are not matched.")


def _report_line(row: Mapping[str, Any]) -> str:
    """The report that a part of the register comes from."""
    return ", ".join(str(row[name]) for name in ("publisher", "title", "made_on") if row[name])


def _register_row(row: Mapping[str, Any]) -> tuple[str, ...]:
    pages = ", ".join(str(page) for page in row["pages"])
    addressees = "; ".join(row["addressees"])
    status = row["decision"] or row["status"]
    text = textwrap.shorten(row["text"], 220, placeholder=" …")
    return (row["number"] or "", text, addressees, pages, str(row["due_on"] or ""), status)
