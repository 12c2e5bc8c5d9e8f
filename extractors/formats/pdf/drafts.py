"""A block in the making: its lines, and what is known of it so far."""

from dataclasses import dataclass, field

from extractors.formats.pdf.geometry import Line, Rect, Word
from extractors.records import BlockKind

BESIDE_TEXT = (BlockKind.FURNITURE, BlockKind.FOOTNOTE)
"""What stands beside the text and is passed over where one block is told by the next."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of a list of contents: what it names, the page as printed, and its lines."""

    title: str
    page: str
    lines: tuple[Line, ...]


@dataclass(slots=True)
class Draft:
    """Lines that belong together, before they are text."""

    kind: BlockKind
    lines: list[Line]
    label: str = ""
    label_kind: str = ""
    level: int | None = None
    rows: list[list[str]] = field(default_factory=list[list[str]])
    rect: Rect | None = None
    box: int = 0
    listed: tuple[Listed, ...] = ()
    """The entries, where it is a list of contents."""
    entry: bool = False
    """Whether it is an entry of a list without any mark, or words of a diagram, which title nothing."""
    closes: bool = False
    """Whether it is a name, office or date that ends what stands before it: nothing goes on from there."""

    @property
    def page(self) -> int:
        """The page it starts on."""
        return self.lines[0].page

    @property
    def size(self) -> float:
        """The size of its first line."""
        return max(self.lines, key=lambda line: len(line.text)).size

    @property
    def style(self) -> tuple[int, bool]:
        """Its size to the point and whether it is bold: what headings of one rank share."""
        return round(self.size), self.bold

    @property
    def said(self) -> str:
        """Its words in one line, the label's too."""
        return " ".join(line.text for line in self.lines)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(line.bold for line in self.lines)

    @property
    def italic(self) -> bool:
        """Whether all of it is italic."""
        return all(line.italic for line in self.lines)

    @property
    def emphasis(self) -> str | None:
        """How nearly all of it is set: a closing reference may stand upright beside the italics."""
        least = 0.75 * sum(len(word.text) for word in self.words)
        for name in ("italic", "bold"):
            if least and sum(len(word.text) for word in self.words if getattr(word.style, name)) >= least:
                return name
        return None

    @property
    def words(self) -> list[Word]:
        """All words, the label's too."""
        return [w for line in self.lines for w in line.words]
