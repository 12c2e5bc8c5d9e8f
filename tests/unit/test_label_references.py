"""Labels without their text come back whole to whoever has the text, and to nobody else."""

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from extractors.records import Role
from extractors.sentences import split
from extractors.tagging.labels import LabelledParagraph, LabelledSentence
from extractors.tagging.references import Reference, letters_key, refer, resolve

KEPT = Path(__file__).parents[2] / "benchmarks" / "further_labels.jsonl.gz"
TEXT = "The panel found two failings. “Keep better logs,” it said to Wexcombe Police… (Nobody did.)"
WORDS = st.text(alphabet="abcdeß9 ’“.", min_size=1, max_size=12).filter(lambda word: any(c.isalnum() for c in word))


def labelled(text: str, roles: list[Role] | None = None) -> LabelledParagraph:
    spans = [(a, b) for a, b in split(text) if any(c.isalnum() for c in text[a:b])]
    given_roles = roles or [list(Role)[at % len(Role)] for at in range(len(spans))]
    sentences = tuple(LabelledSentence(start=a, end=b, role=r) for (a, b), r in zip(spans, given_roles, strict=True))
    return LabelledParagraph(
        id="p", document="d", source="review", text=text, sentences=sentences, themes=("records",), heading="Logs"
    )


def test_what_is_referred_to_comes_back():
    """Offsets, roles, themes and the heading at hand are those that were labelled."""
    label = labelled(TEXT)
    (back,) = resolve([refer(label)], [("Logs", "Another paragraph."), ("Logs", TEXT)])
    assert back == label.replaced(id=back.id)


@given(st.lists(WORDS, min_size=1, max_size=8), st.lists(st.sampled_from(list(Role)), min_size=8, max_size=8))
def test_every_sentence_keeps_its_letters_and_role(words, roles):
    """Whatever signs stand around them, sentences hold the same letters and the same roles."""
    text, sentences = "", []
    for word, role in zip(words, roles, strict=False):
        start = len(text)
        text += f"{word.strip()}. "
        sentences.append(LabelledSentence(start=start, end=len(text) - 1, role=role))
    label = LabelledParagraph(id="p", document="d", text=text, sentences=tuple(sentences))
    (back,) = resolve([refer(label)], [("", text)])
    for one, other in zip(label.sentences, back.sentences, strict=True):
        assert letters_key(text[one.start : one.end]) == letters_key(text[other.start : other.end])
        assert one.role is other.role


def test_spaces_and_dashes_may_be_read_in_another_way():
    """A better reading of spaces or quotation marks loses no label."""
    (back,) = resolve([refer(labelled(TEXT))], [("", TEXT.replace("“", '"').replace("two failings", "two  fail-ings"))])
    assert [s.role for s in back.sentences] == [s.role for s in labelled(TEXT).sentences]


def test_another_text_is_no_match():
    """A changed word is another paragraph: no label is put on what nobody read."""
    assert list(resolve([refer(labelled(TEXT))], [("", TEXT.replace("two", "three"))])) == []


def test_a_reference_holds_no_word_of_the_text():
    """Its fields are codes, numbers and a hash."""
    written = refer(labelled(TEXT)).model_dump_json()
    assert not [word for word in ("panel", "failings", "Wexcombe", "logs") if word in written]


def test_a_sentence_without_a_letter_is_left_out():
    """A lone bracket is nothing to learn from."""
    text = "Seen. ) Done."
    spans = ((0, 5), (6, 7), (8, 13))
    sentences = tuple(LabelledSentence(start=a, end=b, role=Role.NARRATIVE) for a, b in spans)
    assert refer(LabelledParagraph(id="p", document="d", text=text, sentences=sentences)).roles == "NN"


@pytest.mark.parametrize(("ends", "roles"), [((3, 9), "N"), ((3,), "Q"), ((9, 3), "NN"), ((0,), "N"), ((3, 3), "NN")])
def test_unsound_references_are_refused(ends, roles):
    """One known role a sentence, sentences one after the other."""
    with pytest.raises(ValidationError):
        Reference(document="d", letters="0" * 20, ends=ends, roles=roles)


def test_the_kept_references_are_sound_and_wordless():
    """Each line is a reference, none twice, and no field could hold a sentence."""
    with gzip.open(KEPT, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    assert len({Reference.model_validate(row).letters for row in rows}) == len(rows) > 6000
    assert {key for row in rows for key in row} == {"document", "source", "letters", "ends", "roles", "themes"}
