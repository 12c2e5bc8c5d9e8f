"""A reading becomes passages: sentences with roles, themes, entities, and the recommendations made of them."""

from collections.abc import Iterable, Mapping, Sequence

from extractors.entities import find
from extractors.entities.speakers import attributed
from extractors.recommendations import units
from extractors.records import Block, BlockKind, Passage, Problem, Reading, Report, Role, Tagged, TaggedSentence
from extractors.sentences import split
from extractors.tagging.paragraphs import Paragraph, TaggedParagraph, Tagger
from extractors.tagging.vocabulary import JUDGING_ROLES

_UNTAGGED = (BlockKind.HEADING, BlockKind.CAPTION)


def tag_reading(report: Report, reading: Reading, tagger: Tagger) -> Tagged:
    """Tag what was read.

    Args:
        report: the name of the document.
        reading: its blocks; furniture becomes no passage.
        tagger: gives sentences their roles and paragraphs their themes.

    Returns:
        Passages in reading order, with ids that a second run gives again, and the recommendations.
    """
    blocks = [_with_text(block) for block in reading.blocks if block.kind is not BlockKind.FURNITURE]
    blocks = [block for block in blocks if block.text.strip()]
    headings = _headings(blocks, report.title)
    spans = {block.ordinal: split(block.text) for block in blocks}
    prose = [block for block in blocks if block.kind not in _UNTAGGED]
    paragraphs = [_paragraph(report, block, headings[block.ordinal], spans[block.ordinal]) for block in prose]
    tagged = dict(zip((block.ordinal for block in prose), tagger.tag(paragraphs), strict=True))
    passages = tuple(
        _passage(report, block, headings[block.ordinal], spans[block.ordinal], tagged.get(block.ordinal))
        for block in blocks
    )
    return Tagged(
        report=report,
        maker=tagger.maker,
        passages=passages,
        recommendations=units(report, passages),
        problems=(*reading.problems, *_problems(prose, tagged)),
    )


def with_roles(tagged: Tagged, said: Mapping[str, Mapping[int, Role]]) -> Tagged:
    """*tagged* with people's word in place of the tagger's; speakers and recommendations are found anew.

    Args:
        tagged: a report as the tagger left it.
        said: by a passage's id and the offset at which a sentence starts, what that sentence does.
    """
    passages = tuple(_reviewed(one, said[one.id]) if one.id in said else one for one in tagged.passages)
    return tagged.replaced(passages=passages, recommendations=units(tagged.report, passages))


def _reviewed(passage: Passage, said: Mapping[int, Role]) -> Passage:
    sentences = [
        one.replaced(role=said[one.start], score=1.0, abstained=False, reviewed=True, speaker=None)
        if one.start in said
        else one
        for one in passage.sentences
    ]
    judges = any(one.role in JUDGING_ROLES for one in sentences)
    return passage.replaced(
        sentences=attributed(passage.block.text, sentences, passage.entities, passage.report.publisher),
        themes=passage.themes if judges else (),
    )


def _with_text(block: Block) -> Block:
    """A table without a text of its own gets its cells' text, a row a line."""
    if block.text.strip() or not block.rows:
        return block
    return block.replaced(text="\n".join(" | ".join(cell for cell in row if cell) for row in block.rows))


def _headings(blocks: Sequence[Block], title: str) -> dict[int, str]:
    """The nearest heading above each block; the title above the first."""
    nearest, above = title, dict[int, str]()
    for block in blocks:
        above[block.ordinal] = nearest
        if block.kind is BlockKind.HEADING:
            nearest = block.text
    return above


def _paragraph(report: Report, block: Block, heading: str, spans: tuple[tuple[int, int], ...]) -> Paragraph:
    return Paragraph(
        id=f"{report.id}:{block.ordinal}", text=block.text, heading=heading, document=report.id, sentences=spans
    )


def _passage(
    report: Report, block: Block, heading: str, spans: Sequence[tuple[int, int]], tagged: TaggedParagraph | None
) -> Passage:
    entities = find(block.text)
    sentences = tagged.sentences if tagged else tuple(_other(start, end) for start, end in spans)
    return Passage(
        id=f"{report.id}:{block.ordinal}",
        report=report,
        block=block,
        heading=heading,
        sentences=attributed(block.text, sentences, entities, report.publisher),
        themes=tagged.themes if tagged else (),
        entities=entities,
    )


def _other(start: int, end: int) -> TaggedSentence:
    """A heading's sentence: the codebook has it as other, without asking the model."""
    scores = {role: float(role is Role.OTHER) for role in Role}
    return TaggedSentence(start=start, end=end, role=Role.OTHER, score=1.0, scores=scores, abstained=False)


def _problems(blocks: Iterable[Block], tagged: dict[int, TaggedParagraph]) -> list[Problem]:
    """Why paragraphs were not tagged, with their pages; each reason once a page."""
    found: dict[Problem, None] = {}
    for block in blocks:
        for problem in tagged[block.ordinal].problems:
            found[problem if problem.page else problem.replaced(page=block.pages[0])] = None
    return list(found)
