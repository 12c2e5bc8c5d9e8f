"""A reading becomes passages and recommendations."""

from collections.abc import Sequence

from extractors.records import Block, BlockKind, Maker, Problem, Reading, Report, Role, TaggedSentence, ThemeScore
from extractors.sentences import split
from extractors.tagged import tag_reading
from extractors.tagging.paragraphs import Paragraph, TaggedParagraph

REPORT = Report(id="r1", sha256="0" * 64, url="r.pdf", title="Custody in Orr")


class ShouldTagger:
    """Sentences with "should" recommend; it keeps what it was asked."""

    maker = Maker(name="should", revision="1")

    def __init__(self) -> None:
        self.asked: list[Paragraph] = []

    def tag(self, paragraphs: Sequence[Paragraph]) -> list[TaggedParagraph]:
        self.asked = list(paragraphs)
        return [self._one(paragraph) for paragraph in paragraphs]

    def _one(self, paragraph: Paragraph) -> TaggedParagraph:
        sentences = tuple(self._sentence(paragraph.text, *span) for span in paragraph.sentences or ())
        problems = (Problem(kind="not-english", what="Not tagged."),) if "Nid" in paragraph.text else ()
        return TaggedParagraph(
            id=paragraph.id, sentences=sentences, themes=(ThemeScore(theme="custody", score=0.8),), problems=problems
        )

    def _sentence(self, text: str, start: int, end: int) -> TaggedSentence:
        role = Role.RECOMMENDATION if "should" in text[start:end] else Role.NARRATIVE
        scores = {r: 0.7 if r is role else 0.05 for r in Role}
        return TaggedSentence(start=start, end=end, role=role, score=0.7, scores=scores, abstained=False)


def reading() -> Reading:
    blocks = [
        Block(ordinal=0, kind=BlockKind.FURNITURE, text="Page 1", pages=(1,)),
        Block(ordinal=1, kind=BlockKind.PARAGRAPH, text="Kent Police was told. It acted.", pages=(1,)),
        Block(ordinal=2, kind=BlockKind.HEADING, text="Staff should know", pages=(1,)),
        Block(ordinal=3, kind=BlockKind.PARAGRAPH, text="Kent Police should write. It was late.", pages=(1,)),
        Block(ordinal=4, kind=BlockKind.TABLE, text="", rows=(("Year", "Deaths"), ("2021", "4")), pages=(2,)),
        Block(ordinal=5, kind=BlockKind.PARAGRAPH, text="Nid Saesneg yw hyn.", pages=(2,)),
        Block(ordinal=6, kind=BlockKind.PARAGRAPH, text="  ", pages=(2,)),
    ]
    return Reading(blocks=tuple(blocks), problems=(Problem(kind="no-text", what="Page 3.", page=3),), page_count=3)


def test_body_blocks_become_passages():
    """Furniture and blank blocks become none; ids follow the report and the block's place."""
    tagged = tag_reading(REPORT, reading(), ShouldTagger())
    assert [passage.id for passage in tagged.passages] == ["r1:1", "r1:2", "r1:3", "r1:4", "r1:5"]
    assert tagged.maker.name == "should"
    assert tagged.passages[0].forces == ("Kent Police",)


def test_headings_are_other_and_context():
    """The model is not asked about a heading; it is the heading of what follows, and the title of what precedes."""
    tagger = ShouldTagger()
    tagged = tag_reading(REPORT, reading(), tagger)
    assert [p.heading for p in tagged.passages] == ["Custody in Orr", "Custody in Orr", *["Staff should know"] * 3]
    assert "r1:2" not in {paragraph.id for paragraph in tagger.asked}
    assert tagged.passages[1].roles == (Role.OTHER,)


def test_sentences_are_those_of_the_splitter():
    """Every sentence the tagger sees and the passage holds is one that ``split`` gives."""
    tagged = tag_reading(REPORT, reading(), ShouldTagger())
    for passage in tagged.passages:
        assert tuple((s.start, s.end) for s in passage.sentences) == split(passage.block.text)


def test_a_table_is_searched_by_its_cells():
    """A table without text gets its cells', a row a line."""
    assert tag_reading(REPORT, reading(), ShouldTagger()).passages[3].block.text == "Year | Deaths\n2021 | 4"


def test_recommendations_and_problems_come_along():
    """Units are made of the passages; the reader's problems and the tagger's are kept, the tagger's with their page."""
    tagged = tag_reading(REPORT, reading(), ShouldTagger())
    assert [(u.text, u.themes) for u in tagged.recommendations] == [("Kent Police should write.", ("custody",))]
    assert [(p.kind, p.page) for p in tagged.problems] == [("no-text", 3), ("not-english", 2)]


def test_a_second_run_gives_the_same():
    """Tagging again gives equal records."""
    assert tag_reading(REPORT, reading(), ShouldTagger()) == tag_reading(REPORT, reading(), ShouldTagger())
