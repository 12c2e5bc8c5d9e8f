"""The records that pass between stages: frozen, validated, and the same in JSON as in Python.

Pages count from 1. Boxes are PDF points with the origin at the top left of the page as a
reader sees it. Offsets count Unicode code points and always index ``text``, never ``raw``.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA_VERSION = "1.1"
"""Major.minor of these records. A reader refuses a newer major."""


class Record(BaseModel):
    """Base of all records: immutable, and refusing fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def replaced(self, **changes: object) -> Self:
        """A copy with *changes*, validated again (``model_copy`` would not validate)."""
        return type(self).model_validate({**dict(self), **changes})


class BlockKind(StrEnum):
    """What a block is to a reader of the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    FOOTNOTE = "footnote"
    CAPTION = "caption"
    FURNITURE = "furniture"


class Role(StrEnum):
    """What a sentence does; the codebook of roles, in ``extractors.tagging.vocabulary``, defines each."""

    RECOMMENDATION = "recommendation"
    FINDING = "finding"
    OUTCOME = "outcome"
    RESPONSE = "response"
    ALLEGATION = "allegation"
    NARRATIVE = "narrative"
    OTHER = "other"


class Decision(StrEnum):
    """How the body addressed answers a recommendation."""

    ACCEPTED = "accepted"
    ACCEPTED_IN_PRINCIPLE = "accepted-in-principle"
    PARTLY_ACCEPTED = "partly-accepted"
    REJECTED = "rejected"
    UNDER_CONSIDERATION = "under-consideration"
    ALREADY_DONE = "already-done"
    NOT_FOR_US = "not-for-us"
    NO_REPLY = "no-reply"


class Status(StrEnum):
    """How far a stage came with one document."""

    OK = "ok"
    PARTIAL = "partial"
    FAILED = "failed"


class EntityKind(StrEnum):
    """What a named span is. People are not among them: no feature profiles named persons."""

    FORCE = "force"
    BODY = "body"
    OPERATION = "operation"
    REFERENCE = "reference"
    DATE = "date"
    DEADLINE = "deadline"
    LEGISLATION = "legislation"
    RANK = "rank"


class Source(Record):
    """Where a document came from."""

    name: str = Field(min_length=1, description="Source name: folder, record, iopc, govuk, pfd, hmicfrs, parliament.")
    locator: str = Field(min_length=1, description="The file's path or the page's address, as fetched.")


class Document(Record):
    """One fetched file or page, known by the SHA-256 of its bytes."""

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    media_type: str = Field(description="Found from the bytes, not from the name.")
    size: int = Field(ge=0, description="Bytes.")
    source: Source
    fetched_at: datetime | None = None


class Box(Record):
    """A rectangle on a page, in PDF points from the top left."""

    page: int = Field(ge=1)
    x0: float
    top: float
    x1: float
    bottom: float

    @model_validator(mode="after")
    def _upright(self) -> Self:
        if self.x1 < self.x0 or self.bottom < self.top:
            raise ValueError("a box must not be inside out")
        return self


class Problem(Record):
    """Something that went wrong with one page or document, recorded and shown."""

    kind: str = Field(min_length=1, description="A stable code to count by, such as 'no-text' or 'locked'.")
    what: str = Field(min_length=1, description="One sentence for a person. Never text of the report.")
    mend: str = Field(default="", description="What to do next.")
    page: int | None = Field(default=None, ge=1)


class Block(Record):
    """One heading, paragraph, item, table, note, caption or piece of furniture, as a reader would cite it."""

    ordinal: int = Field(ge=0, description="Reading order within the report, from 0.")
    kind: BlockKind
    text: str = Field(description="Cleaned: hyphenation resolved, white space folded. Offsets index this.")
    raw: str = Field(default="", description="As extracted, line breaks and all.")
    pages: tuple[int, ...] = Field(min_length=1, description="1-based pages; 1 for formats without pages.")
    boxes: tuple[Box, ...] = ()
    number: str | None = Field(
        default=None, description="Printed number, such as '4.17', '4.17(a)' or 'Recommendation 7'."
    )
    marker: str | None = Field(default=None, description="Bullet, letter or footnote mark of an item or note.")
    level: int | None = Field(default=None, ge=1, description="Depth of a heading or list item, 1 the outermost.")
    section: tuple[str, ...] = Field(default=(), description="Headings above this block, outermost first.")
    rows: tuple[tuple[str, ...], ...] = Field(default=(), description="Cells of a table by row, header rows included.")
    emphasis: str | None = Field(
        None,
        description="'italic' or 'bold' where all of the block is set so; committees "
        "print their recommendations in italics and their conclusions upright.",
    )


class Report(Record):
    """A document as a reader names it."""

    id: str = Field(min_length=1, description="Stable: derived from the record's url or the document's hash.")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="The document it was read from.")
    url: str = Field(min_length=1, description="A record's own url, or the file's.")
    title: str = Field(min_length=1)
    publisher: str | None = None
    published: date | None = None
    source: str = Field(default="folder", description="Source name.")
    investigation: str | None = Field(default=None, description="Operation or inquiry, one name across documents.")
    forces: tuple[str, ...] = Field(default=(), description="Forces the report is about: canonical gazetteer names.")
    reference: str | None = None
    page_count: int = Field(default=1, ge=0)


class OcrPage(Record):
    """A page whose words were read from its picture."""

    page: int = Field(ge=1)
    engine: str = Field(min_length=1, description="tesseract or rapidocr.")
    confidence: float = Field(ge=0, le=100, description="Mean of its words. Below 75 it is a problem too.")


class Reading(Record):
    """What the reader saw: blocks in reading order, and what it could not see."""

    blocks: tuple[Block, ...]
    problems: tuple[Problem, ...] = ()
    ocr: tuple[OcrPage, ...] = Field(default=(), description="Pages read by OCR, well or not; the others have text.")
    page_count: int = Field(default=1, ge=0)
    title: str | None = Field(default=None, description="The document's own title, where it says one.")
    publisher: str | None = None
    published: date | None = None

    @property
    def status(self) -> Status:
        """Never OK while a problem is recorded."""
        if not self.blocks:
            return Status.FAILED
        return Status.PARTIAL if self.problems else Status.OK


class Maker(Record):
    """Who made a tag: a model's name and the revision of its weights."""

    name: str
    revision: str


class Entity(Record):
    """A named span of a text."""

    kind: EntityKind
    start: int = Field(ge=0)
    end: int = Field(gt=0)
    text: str = Field(min_length=1, description="The span as printed.")
    name: str = Field(
        min_length=1, description="Canonical: the gazetteer's name, an ISO date, a reference in one form."
    )


class Speaker(Record):
    """Whose judgement or claim a sentence reports, and where the text says so."""

    name: str = Field(
        min_length=1, description="The gazetteer's name, a rank, or the words: 'the jury', 'his sergeant'."
    )
    start: int = Field(ge=0)
    end: int = Field(gt=0)


class TaggedSentence(Record):
    """One sentence and what it does."""

    start: int = Field(ge=0)
    end: int = Field(gt=0)
    role: Role
    score: float = Field(ge=0, le=1, description="Calibrated probability of the role; 1 where a person gave it.")
    scores: Mapping[Role, float] = Field(description="The tagger's probabilities of all seven; they sum to 1.")
    abstained: bool = Field(default=False, description="True where the tagger is unsure and a person should look.")
    reviewed: bool = Field(default=False, description="True where a person gave the role, whatever the tagger said.")
    speaker: Speaker | None = Field(
        default=None,
        description="Of a finding, outcome or allegation: whose it is. None: the report's own, or it does not say.",
    )


class ThemeScore(Record):
    """One assigned theme."""

    theme: str = Field(min_length=1, description="Code from the codebook.")
    score: float = Field(ge=0, le=1)


class Passage(Record):
    """A block with its tags and its report's name: what search returns."""

    id: str = Field(min_length=1, description="Deterministic: report id and ordinal.")
    report: Report
    block: Block
    heading: str = Field(default="", description="The nearest heading above.")
    sentences: tuple[TaggedSentence, ...] = ()
    themes: tuple[ThemeScore, ...] = ()
    entities: tuple[Entity, ...] = ()

    @property
    def roles(self) -> tuple[Role, ...]:
        """Roles held by any sentence the tagger was sure of, each once, in order of the codebook."""
        held = {s.role for s in self.sentences if not s.abstained}
        return tuple(role for role in Role if role in held)

    @property
    def reviewed_roles(self) -> tuple[Role, ...]:
        """Roles that a person gave to any of its sentences, each once, in order of the codebook."""
        given = {s.role for s in self.sentences if s.reviewed}
        return tuple(role for role in Role if role in given)

    @property
    def speakers(self) -> tuple[tuple[Role, str], ...]:
        """Whose findings, outcomes and allegations it holds: role and name, each once, in order of appearance."""
        told = ((s.role, s.speaker.name) for s in self.sentences if s.speaker is not None and not s.abstained)
        return tuple(dict.fromkeys(told))

    @property
    def theme_codes(self) -> tuple[str, ...]:
        """Codes of the assigned themes."""
        return tuple(t.theme for t in self.themes)

    def names(self, kind: EntityKind) -> tuple[str, ...]:
        """Canonical names of the entities of *kind*, each once, in order of appearance."""
        return tuple(dict.fromkeys(e.name for e in self.entities if e.kind is kind))

    @property
    def forces(self) -> tuple[str, ...]:
        """Forces the passage names, then those its report is about."""
        return tuple(dict.fromkeys((*self.names(EntityKind.FORCE), *self.report.forces)))


class Recommendation(Record):
    """A recommendation as a unit of its own, with its clock and its answer."""

    id: str = Field(min_length=1, description="Deterministic: report id and place.")
    report: Report
    number: str | None = Field(default=None, description="As printed, without the word 'Recommendation'.")
    text: str = Field(min_length=1)
    pages: tuple[int, ...] = Field(min_length=1, description="Every page it stands on, both printings included.")
    boxes: tuple[Box, ...] = ()
    passages: tuple[str, ...] = Field(default=(), description="Ids of the passages it was made from.")
    addressees: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    made_on: date | None = None
    due_on: date | None = Field(default=None, description="A statutory or printed deadline for the answer.")
    decision: Decision | None = Field(default=None, description="None where no response has been read.")
    score: float = Field(default=1.0, ge=0, le=1, description="The least sure of its recommendation sentences.")

    def status(self, as_of: date) -> str:
        """Where it stands on a day: answered, overdue, awaiting, or unknown where no clock runs."""
        if self.decision is not None and self.decision is not Decision.NO_REPLY:
            return "answered"
        if self.due_on is None:
            return "unknown"
        return "overdue" if self.due_on < as_of else "awaiting"


class Tagged(Record):
    """A report with everything the stages found in it: what the index is made from."""

    report: Report
    maker: Maker
    passages: tuple[Passage, ...]
    recommendations: tuple[Recommendation, ...] = ()
    problems: tuple[Problem, ...] = ()
