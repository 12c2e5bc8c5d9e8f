"""Hyphens at lines' ends: the word's own, or a break that the text does not have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.formats.pdf.hyphens import Vocabulary, joined, owned, vocabulary
from extractors.formats.pdf.paragraphs import paragraphs_of
from extractors.formats.pdf.text import join_lines
from tests.support.layout import line

OWN = [
    pytest.param("long-", "term", {"long-term": 1}, "long-term", id="stands so elsewhere"),
    pytest.param("inves-", "tigation", {"investigation": 1}, "investigation", id="stands joined elsewhere"),
    pytest.param("well-", "being", {"well-being": 9, "wellbeing": 2}, "well-being", id="more often so"),
    pytest.param("well-", "being", {"well-being": 1, "wellbeing": 2}, "wellbeing", id="more often joined"),
    pytest.param("trauma-", "informed", {"trauma": 1}, "trauma-informed", id="a part is a word"),
    pytest.param("inves-", "tigation", {}, "investigation", id="no part is a word"),
    pytest.param("Post-", "War", {}, "Post-War", id="a capital"),
    pytest.param("out-of-", "hours", {}, "out-of-hours", id="a word of several hyphens"),
    pytest.param("www.ashgrove.example/the-", "report", {}, "www.ashgrove.example/the-report", id="an address"),
    pytest.param("2019-", "based", {}, "2019-based", id="figures"),
]


@pytest.mark.parametrize(("above", "below", "words", "expected"), OWN)
def test_a_hyphen_at_the_end_of_a_line(above: str, below: str, words: dict[str, int], expected: str) -> None:
    """In a document that breaks no words, a hyphen is the word's own unless the word stands joined or is none."""
    assert join_lines([f"the {above}", f"{below} of it"], Vocabulary(words, breaks=False)) == f"the {expected} of it"


def test_a_document_that_breaks_words() -> None:
    """There a hyphen is kept only where the word has it elsewhere."""
    known = Vocabulary({"over": 1, "all": 1, "long-term": 1}, breaks=True)
    assert [owned(*pair, known) for pair in (("over", "all"), ("long", "term"))] == [False, True]


def test_a_document_that_ends_lines_with_its_own_hyphens() -> None:
    """Where its other hyphens at lines' ends prove to be its words' own, one of a word that stands once is too."""
    known = Vocabulary({}, breaks=False, whole=True)
    assert owned("humani", "tarian", known)
    assert not owned("humani", "tarian", Vocabulary({"humanitarian": 1}, breaks=False, whole=True))


def read(*texts: str) -> Vocabulary:
    return vocabulary(paragraphs_of([line(text, 50, 100 + 12 * n) for n, text in enumerate(texts)]))


def test_what_a_document_says_of_its_hyphens() -> None:
    """Two words broken that stand whole elsewhere show that it breaks words; rests of broken words are no words."""
    said = "the report of an officer on an incident at the depot of ashgrove town"
    broken = read(said, "that the offi-", "cer wrote down after the inci-", "dent was over at last in the evening")
    assert broken.breaks
    assert not broken.whole
    assert "cer" not in broken.words
    assert broken.words["officer"] == 1
    kept = read("a long-term and short-term plan", "that is long-", "term for some and short-", "term for others there")
    assert (kept.breaks, kept.whole) == (False, True)


@given(st.text("abc-", min_size=1, max_size=12), st.text("abc", min_size=1, max_size=8), st.booleans(), st.booleans())
def test_only_a_hyphen_is_ever_lost(above: str, below: str, breaks: bool, whole: bool) -> None:
    """Whatever the document says, two lines are joined as they stand or without the one hyphen between them."""
    assert joined(above, below, Vocabulary({"a": 1, "ab": 2}, breaks, whole)) in {
        None,
        above + below,
        above[:-1] + below,
    }
