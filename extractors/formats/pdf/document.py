"""A whole PDF into a Reading: the order of steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from extractors.errors import BrokenDocument, EmptyDocument, NoTextLayer
from extractors.formats.limits import Limits
from extractors.formats.pdf import (
    aligned,
    badges,
    bare_contents,
    bullets,
    captions,
    contents,
    diagrams,
    entries,
    footnotes,
    form_numbers,
    furniture,
    headings,
    hyphens,
    margins,
    ocr,
    redaction,
    scans,
    tables,
    text,
    underlines,
)
from extractors.formats.pdf.bounds import bound
from extractors.formats.pdf.boxes import panels
from extractors.formats.pdf.drafts import Draft
from extractors.formats.pdf.engine import PdfFile, check_size
from extractors.formats.pdf.geometry import Line, PageContent, Rect, Word, union
from extractors.formats.pdf.joining import join_breaks
from extractors.formats.pdf.lines import lines_of
from extractors.formats.pdf.numbering import clean_number, named_number
from extractors.formats.pdf.order import Region, masthead_rules, nest, read_columns
from extractors.formats.pdf.outlines import Entry
from extractors.formats.pdf.paragraphs import listed, paragraphs_of
from extractors.formats.pdf.pausing import no_collecting
from extractors.formats.pdf.turning import turn_upright, turned_back
from extractors.records import Block, BlockKind, Box, OcrPage, Problem, Reading


@dataclass(slots=True)
class PageLayout:
    """A page between reading its words and writing its blocks."""

    content: PageContent
    lines: list[Line]
    turned: list[Line]
    found: list[tables.Table]
    layouts: list[tables.Layout]
    drawn: list[diagrams.Diagram]


@dataclass(slots=True)
class Foot:
    """What tells notes from text on a page, and the notes found so far."""

    size: float
    height: float
    rules: list[float]
    notes: list[Draft]


def read_pdf(data: bytes, name: str, limits: Limits | None = None) -> Reading:
    """Read a PDF into blocks and problems.

    Args:
        data: the file's bytes.
        name: for messages.
        limits: of size and pages.

    Returns:
        The reading; pages that could not be read are problems in it.

    Raises:
        LockedReport, BrokenDocument, EmptyDocument, NoTextLayer, ReadingLimit: the document as a whole cannot be read.
    """
    limits = limits or Limits()
    check_size(name, len(data), limits.file_bytes)
    with no_collecting():
        return _read_pdf(data, name, limits)


def _read_pdf(data: bytes, name: str, limits: Limits) -> Reading:
    problems: list[Problem] = []
    with PdfFile(data, name) as pdf:
        count = pdf.page_count
        pages, by_ocr = _read_pages(pdf, limits, problems)
        title, made, outline = pdf.metadata("Title"), pdf.metadata("CreationDate"), pdf.outline()
    if not pages:
        raise BrokenDocument(f"None of the {count} pages of {name} can be read.")
    if count > limits.pages:
        problems.append(
            Problem(
                kind="too-many-pages",
                what=f"Only the first {limits.pages} of {count} pages were read.",
                mend="Raise the page limit in the settings.",
                page=None,
            )
        )
    drafts = assemble(pages, outline)
    blocks = write_blocks(drafts, {p.content.number: p.content for p in pages if p.content.turned})
    if not blocks:
        _refuse_empty(name, problems)
    return Reading(
        blocks=tuple(blocks),
        problems=tuple(problems),
        ocr=tuple(by_ocr),
        page_count=count,
        title=_title(title, drafts, blocks),
        published=_published(made, blocks),
    )


def _refuse_empty(name: str, problems: Sequence[Problem]) -> None:
    if any(p.kind in ("no-text", "little-text", "garbage-text") and p.mend for p in problems):
        raise NoTextLayer(f"No page of {name} has text that can be read.")
    raise EmptyDocument(f"The pages of {name} are blank.")


def _read_pages(pdf: PdfFile, limits: Limits, problems: list[Problem]) -> tuple[list[PageLayout], list[OcrPage]]:
    contents: list[PageContent] = []
    for index in range(min(pdf.page_count, limits.pages)):
        content = pdf.page(index)
        if content is None:
            problems.append(_broken_page(index + 1))
            continue
        turn_upright(content)
        problems.extend(redaction.apply(content))
        contents.append(content)
    engine = ocr.find_engine() if limits.ocr else None
    by_ocr, unread = scans.complete(pdf, contents, engine, limits.ocr_processes)
    problems.extend(unread)
    pages = [lay_out(content) for content in contents]
    for page in pages:
        problems.extend(bound(page.lines, page.content.number, overfull=page.content.overfull))
    return pages, by_ocr


def _broken_page(number: int) -> Problem:
    what = f"Page {number} is damaged and was not read."
    return Problem(kind="broken-page", what=what, mend="Fetch the document again.", page=number)


def lay_out(content: PageContent) -> PageLayout:
    """Lines and tables of one page."""
    upright = [w for w in content.words if w.style.angle == 0]
    counted = margins.line_numbers(upright)
    upright = [w for w in upright if id(w) not in counted]
    drawn, upright = diagrams.find(content, upright)
    found, layouts, rest = tables.ruled(content, upright)
    lines = lines_of(rest, content.number)
    bullets.attach(lines, content.shapes)
    underlines.mark(lines, content.shapes)
    return PageLayout(content, lines, _turned_lines(content), found, layouts, drawn)


def _turned_lines(content: PageContent) -> list[Line]:
    runs: list[list[Word]] = []
    for word in content.words:
        if word.style.angle == 0:
            continue
        if runs and runs[-1][-1].style is word.style:
            runs[-1].append(word)
        else:
            runs.append([word])
    lines = [Line(run).measured() for run in runs]
    for line in lines:
        line.page = content.number
    return lines


def assemble(pages: Sequence[PageLayout], outline: Sequence[Entry] = ()) -> list[Draft]:
    """Drafts of the whole document in reading order."""
    margins = furniture.find([(p.content.height, p.lines) for p in pages])
    boxed = furniture.boxed([(p.content.height, [(t.rect, t.lines) for t in p.found]) for p in pages])
    for number, place in sorted(boxed, reverse=True):
        stamped = pages[number].found.pop(place).lines
        pages[number].lines.extend(stamped)
        margins.update(map(id, stamped))
    size = _text_size(pages, margins)
    drafts: list[Draft] = []
    for page in pages:
        drafts.extend(_page_drafts(page, margins, size, _listed_to(drafts, page.content.number - 1)))
    drafts = badges.join(drafts)
    body = [d for d in drafts if d.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)]
    pictures = [(p.content.number, s) for p in pages for s in p.content.shapes if s.picture and s.bottom - s.top > 40]
    entries.mark(drafts)
    captions.mark(body, pictures, size)
    bare_contents.mark(drafts)
    headings.mark(drafts, outline)
    return join_breaks(form_numbers.attach(drafts))


def _text_size(pages: Sequence[PageLayout], margins: set[int]) -> float:
    return headings.body_size(
        [Draft(BlockKind.PARAGRAPH, [line]) for p in pages for line in p.lines if id(line) not in margins]
    )


def _listed_to(drafts: Sequence[Draft], number: int) -> int | None:
    """The last number of the list of contents with which a page ends; None where it does not end in one."""
    last = next((d for d in reversed(drafts) if d.kind is not BlockKind.FURNITURE), None)
    if last is None or last.page != number:
        return None
    return next((int(entry.page) for entry in reversed(last.listed) if entry.page.isdecimal()), None)


def _page_drafts(page: PageLayout, margins: set[int], size: float, since: int | None) -> list[Draft]:
    body, aside = _apart(page.lines, margins)
    listed, body = contents.find(body, aside, since=since)
    aside = _apart(aside, {id(line) for table in listed for line in table.lines})[0]
    edge = [Draft(BlockKind.FURNITURE, [line]) for line in furniture.rows(aside)]
    edge += [Draft(BlockKind.FURNITURE, [line]) for line in page.turned]
    heads = [d for d in edge if d.lines[0].top < 0.5 * page.content.height]
    feet = [d for d in edge if d.lines[0].top >= 0.5 * page.content.height]
    columned, body = aligned.find(body)
    regions = [Region(line.rect, line, line.size) for line in body]
    regions += [Region(t.rect, t, size) for t in [*page.found, *listed, *columned]]
    regions += [Region(d.rect, d, size) for d in page.drawn]
    regions += [_layout_region(layout, page.content, size) for layout in page.layouts]
    regions += masthead_rules(page.content, [t.rect for t in page.found], size)
    notes: list[Draft] = []
    foot = Foot(size, page.content.height, footnotes.separators(page.content.shapes, page.content.width), notes)
    boxes = panels(page.content)
    main = _column_drafts(nest(regions, boxes), foot)
    return [*heads, *main, *notes, *feet]


def _apart(lines: Sequence[Line], some: set[int]) -> tuple[list[Line], list[Line]]:
    """Lines that are not among some, and those that are."""
    return [line for line in lines if id(line) not in some], [line for line in lines if id(line) in some]


def _layout_region(layout: tables.Layout, content: PageContent, size: float) -> Region:
    """A form's grid: each cell a region of its own, so that cells are read one after the other."""
    cells: list[list[Region]] = []
    for words in layout.cells:
        lines = lines_of(words, content.number)
        bullets.attach(lines, content.shapes)
        cells.append([Region(line.rect, line, line.size) for line in lines])
    return Region(layout.rect, cells, size)


def _column_drafts(regions: Sequence[Region], foot: Foot) -> list[Draft]:
    drafts: list[Draft] = []
    for column in read_columns(regions):
        run: list[Line] = []
        for region in column:
            if isinstance(region.content, Line):
                run.append(region.content)
                continue
            if region.content is None and not region.inner:
                continue
            drafts.extend(_run_drafts(run, foot))
            run = []
            if isinstance(region.content, tables.Table):
                drafts.append(region.content.draft())
            elif isinstance(region.content, diagrams.Diagram):
                drafts.extend(region.content.drafts())
            elif isinstance(region.content, list):
                for cell in cast("list[list[Region]]", region.content):
                    drafts.extend(_column_drafts(cell, foot))
            else:
                inner = _column_drafts(region.inner, foot)
                for draft in inner:
                    draft.box = draft.box or id(region)
                drafts.extend(inner)
        drafts.extend(_run_drafts(run, foot))
    return drafts


def _run_drafts(run: list[Line], foot: Foot) -> list[Draft]:
    if not run:
        return []
    body, found = footnotes.split(run, foot.size, foot.height, foot.rules)
    for lines in found:
        foot.notes.append(Draft(BlockKind.FOOTNOTE, lines, label=lines[0].label, label_kind="note"))
    return listed(paragraphs_of(body), foot.size)


def write_blocks(drafts: Sequence[Draft], sideways: Mapping[int, PageContent] | None = None) -> list[Block]:
    """Blocks with clean text, boxes, numbers and the headings above them.

    Args:
        drafts: in reading order.
        sideways: the pages that were turned to be read; boxes on them are turned back.
    """
    known = hyphens.vocabulary(drafts)
    path: list[tuple[int, str]] = []
    blocks: list[Block] = []
    for draft in drafts:
        section = tuple(t for _, t in path)
        block = _block(draft, len(blocks), section, known, sideways or {})
        if block is None:
            continue
        if draft.kind is BlockKind.HEADING:
            level = draft.level or 1
            while path and path[-1][0] >= level:
                path.pop()
            block = block.replaced(section=tuple(t for _, t in path))
            path.append((level, block.text))
        blocks.append(block)
    return blocks


def _block(
    draft: Draft, ordinal: int, section: tuple[str, ...], known: hyphens.Vocabulary, sideways: Mapping[int, PageContent]
) -> Block | None:
    number, marker, skip = _printed(draft)
    texts = [text.line_text(line, skip=skip if i == 0 else 0) for i, line in enumerate(draft.lines)]
    joined = text.join_lines(texts, known)
    if draft.rows:
        joined = "\n".join(" | ".join(row) for row in draft.rows)
    if not joined:
        # A number with nothing but a note's mark behind it: what it prints is its text.
        whole = draft.said
        number, marker, joined = None, None, text.join_lines(map(text.line_text, draft.lines)) or text.clean(whole)
    if not joined:
        return None
    pages = tuple(sorted({line.page for line in draft.lines}))
    return Block(
        ordinal=ordinal,
        kind=draft.kind,
        text=joined,
        raw=text.raw_text(draft.lines),
        pages=pages,
        boxes=_boxes(draft, sideways),
        number=number,
        marker=marker,
        level=draft.level,
        section=section,
        rows=tuple(tuple(row) for row in draft.rows),
        emphasis=draft.emphasis,
    )


def _printed(draft: Draft) -> tuple[str | None, str | None, int]:
    """Number, marker, and how many words of the first line they take."""
    first = draft.lines[0]
    if draft.rows or not draft.label:
        return named_number(first.text) if not draft.rows else None, None, 0
    if draft.label_kind == "note":
        return None, draft.label, first.label_words
    if draft.label_kind == "bullet":
        return None, draft.label if draft.label in "-–—*o" else "•", first.label_words
    if draft.label_kind == "letter":
        return None, draft.label, first.label_words
    return clean_number(draft.label), None, first.label_words


def _boxes(draft: Draft, sideways: Mapping[int, PageContent]) -> tuple[Box, ...]:
    """One box for each page and column the block stands in."""
    if draft.rect is not None:
        return (_box(draft.page, draft.rect, sideways),)
    runs: list[list[Line]] = []
    for line in draft.lines:
        if runs and runs[-1][-1].page == line.page and line.top >= runs[-1][-1].top - 2:
            runs[-1].append(line)
        else:
            runs.append([line])
    return tuple(_box(run[0].page, union(line.rect for line in run), sideways) for run in runs)


def _box(page: int, rect: Rect, sideways: Mapping[int, PageContent]) -> Box:
    if page in sideways:
        rect = turned_back(rect, sideways[page])
    x0, top, x1, bottom = (round(v, 1) for v in rect)
    return Box(page=page, x0=x0, top=top, x1=x1, bottom=bottom)


def _title(named: str, drafts: Sequence[Draft], blocks: Sequence[Block]) -> str | None:
    from extractors.formats.pdf.titles import title_of

    return title_of(named, drafts, blocks)


def _published(made: str, blocks: Sequence[Block]) -> date | None:
    from extractors.dates import first_date

    del made
    return first_date(" ".join(b.text for b in blocks if b.pages[0] <= 2)[:4000])
