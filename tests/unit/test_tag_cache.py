"""What was tagged once is not tagged again, and a broken cache costs time only."""

import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.records import Maker
from extractors.tagging.baseline import CueTagger
from extractors.tagging.paragraphs import Paragraph
from pipelines.tagging import CachedTagger, TagCache

MAKER = Maker(name="cues", revision="1")


class Counting(CueTagger):
    """Cue words, counting what it is asked."""

    def __init__(self):
        self.asked: list[Paragraph] = []

    def tag(self, paragraphs):
        self.asked += paragraphs
        return super().tag(paragraphs)


def paragraph(number, text, document="d", heading=""):
    return Paragraph(id=str(number), text=text, document=document, heading=heading)


def made(tmp_path, revision="1"):
    behind = Counting()
    return CachedTagger(lambda: behind, MAKER, TagCache(tmp_path / "cache" / "tags.sqlite", revision)), behind


def test_a_second_time_costs_nothing(tmp_path):
    """The same document is answered from the file, under its new ids, by a tagger that loads no model."""
    one = [paragraph(1, "We found no log."), paragraph(2, "He ran. The force should review this.")]
    first, behind = made(tmp_path)
    answers = first.tag(one)
    assert len(behind.asked) == 2
    again = CachedTagger(lambda: pytest.fail("loaded"), MAKER, TagCache(tmp_path / "cache" / "tags.sqlite", "1"))
    renamed = [p.replaced(id=f"x{p.id}", document="elsewhere") for p in one]
    assert again.tag(renamed) == [answer.replaced(id=f"x{answer.id}") for answer in answers]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"text": "We found no log!"}, id="text"),
        pytest.param({"heading": "Findings"}, id="heading"),
        pytest.param({"sentences": ((0, 8),)}, id="sentences"),
    ],
)
def test_what_changes_the_tags_changes_the_key(tmp_path, change):
    """Another text, heading or cut is another question, and so is the same one in other company."""
    tagger, behind = made(tmp_path)
    base = paragraph(1, "We found no log.")
    tagger.tag([base])
    tagger.tag([base.replaced(**change)])
    assert len(behind.asked) == 2
    tagger.tag([base, paragraph(2, "He ran.")])
    assert len(behind.asked) == 4


def test_another_revision_is_another_maker(tmp_path):
    """Tags of one revision, or of another runtime, never answer for the next."""
    for revision in ("1 onnx", "1 torch", "2 onnx"):
        tagger, behind = made(tmp_path, revision)
        tagger.tag([paragraph(1, "We found no log.")])
        assert len(behind.asked) == 1


def test_the_file_holds_no_text(tmp_path):
    """Hashes and scores only."""
    tagger, _ = made(tmp_path)
    tagger.tag([paragraph(1, "The sergeant hid the log.", heading="Secrets")])
    kept = (tmp_path / "cache" / "tags.sqlite").read_bytes()
    assert b"sergeant" not in kept
    assert b"Secrets" not in kept


@pytest.mark.parametrize("harm", ["nonsense", "a folder", "full"])
def test_a_broken_cache_is_no_error(tmp_path, harm, monkeypatch, caplog):
    """The answer comes all the same, and no text stands in the log."""
    file = tmp_path / "cache" / "tags.sqlite"
    file.parent.mkdir()
    if harm == "nonsense":
        file.write_bytes(b"no database " * 1000)
    elif harm == "a folder":
        file.mkdir()
    else:
        monkeypatch.setattr("pipelines.tagging.MOST_BYTES", 1)
    tagger, behind = made(tmp_path)
    with caplog.at_level(logging.INFO):
        for _ in range(2):
            assert tagger.tag([paragraph(1, "We found no log.")])[0].id == "1"
    assert behind.asked
    assert "log." not in caplog.text


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["", "He ran.", "We found it."])), max_size=8))
def test_one_answer_each_in_order(tmp_path_factory, rows):
    """Whatever stands beside what, answers come in order, one a paragraph, as the tagger alone would give them."""
    tagger, _ = made(tmp_path_factory.mktemp("c"))
    paragraphs = [paragraph(n, text, document) for n, (document, text) in enumerate(rows)]
    for _ in range(2):
        assert tagger.tag(paragraphs) == CueTagger().tag(paragraphs)
