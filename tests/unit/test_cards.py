"""The cards say what was measured, and say it in full."""

from pathlib import Path

import pytest

from extractors.tagging.card import figures_block, with_figures
from extractors.tagging.manifest import read_manifest
from extractors.tagging.tagger import SHIPPED_MODEL

CARDS = Path(__file__).parents[2] / "extractors" / "cards"
SECTIONS = (
    "Intended use",
    "Out of scope",
    "Known failures",
    "Who labelled and how they disagreed",
    "Personal data",
    "Review date",
)


def sections(card: str) -> dict[str, str]:
    parts = (part.partition("\n") for part in card.split("\n## ")[1:])
    return {title.strip(): body.strip() for title, _, body in parts}


@pytest.mark.parametrize("name", ["tagger.md", "labelled-paragraphs.md"])
def test_no_section_is_empty(name):
    """What people must judge is written by people, and never left out."""
    found = sections((CARDS / name).read_text(encoding="utf-8"))
    assert all(len(found.get(section, "")) > 20 for section in SECTIONS)


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
