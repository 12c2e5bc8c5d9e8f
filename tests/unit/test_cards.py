"""The cards say what was measured, and say it in full."""

from pathlib import Path

import pytest

from extractors.tagging.card import data_block, figures_block, with_data, with_figures
from extractors.tagging.labels import LabelledParagraph
from extractors.tagging.manifest import read_manifest
from extractors.tagging.tagger import SHIPPED_MODEL
from pipelines.train import load_labels

CARDS = Path(__file__).parents[2] / "extractors" / "cards"
SECTIONS = (
    "Intended use",
    "Out of scope",
    "Known failures",
    "Who labelled and how they disagreed",
    "Personal data",
    "Review date",
)
OF_THE_TAGGER = (
    "What it is for, in one paragraph",
    "Owner and responsibility",
    "People and decisions",
    "How it works",
    "Figures",
    "Risks and what is done about them",
)
OF_THE_LABELS = ("What they are", "How they were chosen", "Upkeep")


def sections(card: str) -> dict[str, str]:
    parts = (part.partition("\n") for part in card.split("\n## ")[1:])
    return {title.strip(): body.strip() for title, _, body in parts}


@pytest.mark.parametrize(
    ("name", "own"), [("tagger.md", OF_THE_TAGGER), ("labelled-paragraphs.md", OF_THE_LABELS)], ids=["model", "data"]
)
def test_no_section_is_empty(name, own):
    """What people must judge is written by people, and never left out."""
    found = sections((CARDS / name).read_text(encoding="utf-8"))
    assert [section for section in (*SECTIONS, *own) if len(found.get(section, "")) <= 20] == []


def test_the_data_sheet_counts_what_the_labels_hold(shared):
    """Its tables are counted in the label file: neither changes without the other."""
    labels = load_labels([shared / "labels" / "paragraphs.jsonl"])
    card = (CARDS / "labelled-paragraphs.md").read_text(encoding="utf-8")
    assert with_data(card, labels) == card


def test_counts_are_put_between_the_markers():
    """Prose around the markers stays; a card without markers is refused."""
    label = LabelledParagraph(id="a", document="d", source="review", text="", sentences=(), themes=("custody",))
    block = data_block([label])
    assert "1 paragraph with 0 sentences from 1 document." in block
    assert "| custody and detention | 1 |" in block
    assert with_data(f"before\n{block.replace('1 para', '9 para')}\nafter", [label]) == f"before\n{block}\nafter"
    with pytest.raises(ValueError, match="markers"):
        with_data("no markers", [label])


def test_the_figures_are_the_manifest_s():
    """The card's table is what the shipped manifest holds: neither changes without the other."""
    card = (CARDS / "tagger.md").read_text(encoding="utf-8")
    assert with_figures(card, read_manifest(SHIPPED_MODEL)) == card


def test_figures_are_put_between_the_markers():
    """Prose around the markers stays; a card without markers is refused."""
    manifest = read_manifest(SHIPPED_MODEL)
    block = figures_block(manifest)
    stale = f"before\n{block.replace('held-out', 'held-in')}\nafter"
    assert with_figures(stale, manifest) == f"before\n{block}\nafter"
    with pytest.raises(ValueError, match="markers"):
        with_figures("no markers", manifest)
