"""How text becomes terms, and how terms are found again in the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import LONGEST, Terms, fold, many_stems, many_written, stem, stems, words
from index.fields import key, place
from index.highlight import highlights
from index.postings import rounded
from index.query import parse
from index.similar import telling_terms

STEMS = [
    ("The officer’s", "the offic"),
    ("officers' dogs", "offic dog"),
    ("policies policing", "polici polic"),
    ("Naïve ﬁndings", "naiv find"),
    ("body-worn", "bodi worn"),
    ("s.136(2)", "s 136 2"),
    ("2019/118999", "2019 118999"),
    ("O’Brien", "o'brien"),
    ("£1,000.50", "1 000 50"),
    ("— … !", ""),
    ("x" * (LONGEST + 1), ""),
]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*row, id=row[0][:20]) for row in STEMS])
def test_stems(text, expected):
    """Letters, digits and inner apostrophes make terms; case, accents, possessives and endings do not matter."""
    assert " ".join(stems(text)) == expected


@given(st.text(max_size=80))
def test_analysis_is_stable(text):
    """Exact terms analyse to themselves, and stemming one by one is stemming all."""
    found = words(text)
    assert words(" ".join(found)) == found
    assert [stem(word) for word in found] == stems(text)


@given(st.text(max_size=80))
def test_offsets_point_at_the_words(text):
    """Every term stands where its offsets say, in order, none overlapping."""
    found = Terms(text)
    spots = [found.ends(place) for place in range(len(found.exact))]
    assert found.exact == [term for start, end in spots for term in words(text[start:end])[:1]]
    assert found.stemmed == list(map(stem, found.exact))
    ends = [0, *(end for _, end in spots)]
    assert all(before <= start < end for before, (start, end) in zip(ends, spots, strict=False))


def test_a_term_that_is_too_long_is_passed_over():
    """What is no term moves no offset."""
    text = f"a {'x' * (LONGEST + 1)} lost camera"
    assert [text[span.start : span.end] for span in highlights(text, parse("camera"))] == ["camera"]


@given(st.text(max_size=80), st.sampled_from(["camera", '"body worn"', "inv*", "lost~1", "-lost", "body-worn lost"]))
def test_highlights_lie_in_the_text(text, query):
    """Whatever the text, highlights are spans of it, in order and apart."""
    spans = highlights(text + " lost body-worn camera", parse(query))
    places = [edge for span in spans for edge in (span.start, span.end)]
    assert places == sorted(set(places))
    assert all(edge <= len(text) + 22 for edge in places)
    assert bool(spans) == (query not in {"-lost", "inv*"} or any(word.startswith("inv") for word in words(text)))


@given(st.integers(0, 10**6))
def test_lengths_are_rounded_down_a_little(length):
    """A rounded length is at most the length, and off by less than an eighth."""
    assert rounded(length) <= length
    assert length - rounded(length) <= length / 8


def test_places_order_reports_and_paragraphs():
    """Within a report places follow reading order, and two reports do not mix."""
    one, other = ([place(name, n) for n in range(100)] for name in ("one", "other"))
    assert one == sorted(one)
    assert max(one) < min(other) or max(other) < min(one)
    assert max(*one, *other) < 2**63


def test_keys_of_a_force_are_its_name():
    """A force is one key under all its names."""
    assert (
        key("force", "the Met") == key("force", "METROPOLITAN  police service") == "force:metropolitan police service"
    )


@given(st.text())
def test_fold_is_stable(text):
    """A folded name folds to itself."""
    assert fold(fold(text)) == fold(text)


def test_telling_terms():
    """Rare terms tell more than common ones; short and unknown ones tell nothing."""
    held = {"camera": 3, "officer": 900, "lost": 50}
    terms = ["officer", "camera", "lost", "of", "zebra"]
    assert telling_terms(terms, lambda term: held.get(term, 0), 1_000) == ["camera", "lost", "officer"]


@given(st.text(st.sampled_from("aàß1'’ \n\u00a0\u2028\u0301-.,ﬁ") | st.characters(codec="utf-8"), max_size=60))
def test_many_texts_are_read_alike(text):
    """Read in pieces, whose terms are remembered, a text has the terms it has as a whole."""
    assert many_stems(text) == stems(text)
    assert many_written(text).split() == words(text)


def test_pieces_are_not_kept_for_ever(monkeypatch):
    """Terms stay right when more pieces came than are remembered."""
    monkeypatch.setattr("index.analysis.MOST_PIECES", 3)
    text = " ".join(f"Officers{n} searched{n % 7}" for n in range(50))
    assert many_stems(text) == stems(text)
    assert many_written(text * 2).split() == words(text * 2)
