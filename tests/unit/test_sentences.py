"""Sentence spans: what ends one, what does not, and what always holds."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.sentences import split


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("As para. 4.17 and paras. 5 to 9 record, nobody looked.", id="paragraph numbers"),
        pytest.param("Mr. Vane and Dr. A. Holt met PC Smith and Supt. Orr.", id="titles, an initial and ranks"),
        pytest.param("He was held under s.136 and then under s. 2 of the Act.", id="sections"),
        pytest.param("Exhibit No. 7 lay on p. 12.", id="numbers and pages"),
        pytest.param("Restraints, e.g. handcuffs, i.e. rigid ones, were not used.", id="Latin"),
        pytest.param("At 10.45 the dose was 2.5 ml, and at 3.15 p.m. none was left.", id="times and decimals"),
        pytest.param("4.17. The officer left the room.", id="a printed number"),
        pytest.param("(a) The officer left the room.", id="a letter in brackets"),
        pytest.param("ii.) The officer left the room.", id="a marker in two styles"),
        pytest.param("The log was “... poor and late.” according to staff.", id="a quotation that runs on"),
        pytest.param("She said “I saw him. He ran. I shouted” and left.", id="sentences inside a quotation"),
        pytest.param("The plan (see above. It was late) failed.", id="sentences inside brackets"),
        pytest.param("Read www.example.org/Report.Final for more.", id="an address"),
        pytest.param("Orr et al. found otherwise.", id="et al."),
        pytest.param("Hale Ltd. supplied the van.", id="a company"),
        pytest.param("He waited ... and then left.", id="an ellipsis that runs on"),
        pytest.param("The N.H.S. Trust replied.", id="dotted letters"),
    ],
)
def test_one_sentence(text: str):
    """A full stop that belongs to a word, a number or a marker ends nothing."""
    assert pieces(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("She fell. He ran.", ["She fell.", "He ran."], id="plain"),
        pytest.param("Had he seen? Yes! They left.", ["Had he seen?", "Yes!", "They left."], id="marks"),
        pytest.param(
            "He took the lead.1067 She followed.", ["He took the lead.1067", "She followed."], id="a footnote's figure"
        ),
        pytest.param(
            "It began in 2015.75 Others came.", ["It began in 2015.75", "Others came."], id="a footnote after a year"
        ),
        pytest.param(
            "They said “stop.” He did not.", ["They said “stop.”", "He did not."], id="a stop inside a closing quote"
        ),
        pytest.param(
            "They said “stop.” 324 But he ran.",
            ["They said “stop.” 324", "But he ran."],
            id="a footnote apart from its quote",
        ),
        pytest.param(
            "It was late (very late.) We agree.", ["It was late (very late.)", "We agree."], id="a stop in brackets"
        ),
        pytest.param(
            "Forces should act. (Paragraph 12) We heard more.",
            ["Forces should act. (Paragraph 12)", "We heard more."],
            id="a committee's reference",
        ),
        pytest.param(
            "Act on it. (113.40) It is accepted.",
            ["Act on it. (113.40)", "It is accepted."],
            id="a paragraph reference",
        ),
        pytest.param(
            "The force should: (a) review the log; (b) train staff; and (c) report.",
            ["The force should:", "(a) review the log;", "(b) train staff; and", "(c) report."],
            id="a list in one paragraph",
        ),
        pytest.param("Findings\n• late\n• wrong", ["Findings", "• late", "• wrong"], id="lines"),
        pytest.param(
            "It was item 4. The rest failed.", ["It was item 4.", "The rest failed."], id="a figure at the end"
        ),
        pytest.param(
            "He spoke to officer A. They left.", ["He spoke to officer A.", "They left."], id="a letter for a name"
        ),
        pytest.param("Was it fair?Nobody knew.", ["Was it fair?", "Nobody knew."], id="a lost blank"),
        pytest.param("He saw his GP. She wrote.", ["He saw his GP.", "She wrote."], id="initials that end a sentence"),
        pytest.param(
            "Staff had radios, vans, etc. They left.", ["Staff had radios, vans, etc.", "They left."], id="etc."
        ),
        pytest.param("Is there a No? No. There is not.", ["Is there a No?", "No.", "There is not."], id="no is a word"),
        pytest.param("  \n ", [], id="blank"),
        pytest.param("", [], id="empty"),
    ],
)
def test_boundaries(text: str, expected: list[str]):
    """A sentence keeps its closing quote, its footnote figure and its reference; the next opens after the blank."""
    assert pieces(text) == expected


REPORTISH = st.text(alphabet=st.sampled_from("abAB 12.…?!;:,()[]“”\"'’•-\n\t\x07\u00a0"), max_size=120)


@given(st.one_of(st.text(max_size=80), REPORTISH))
def test_spans_cover_the_text(text: str):
    """Spans are ordered, apart, trimmed, and leave out nothing but blanks."""
    spans = split(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() for start, end in spans)
    covered = {at for start, end in spans for at in range(start, end)}
    assert all(text[at].isspace() for at in range(len(text)) if at not in covered)


def test_agrees_with_labelled_sentences(shared: Path):
    """Inner boundaries agree with the labelled ones at F1 .97, where a lone printed number counts with its sentence."""
    hits = extra = missed = 0
    for line in (shared / "labels" / "paragraphs.jsonl").read_text("utf-8").splitlines():
        paragraph = json.loads(line)
        text, wanted, lone = paragraph["text"], set[int](), True
        for sentence in paragraph["sentences"]:
            if not lone:
                wanted.add(sentence["start"])
            piece = text[sentence["start"] : sentence["end"]]
            lone = len(piece) <= 8 and piece.endswith(".")
        got = {start for start, _ in split(text)[1:]}
        hits, extra, missed = hits + len(got & wanted), extra + len(got - wanted), missed + len(wanted - got)
    assert 2 * hits / (2 * hits + extra + missed) >= 0.97
