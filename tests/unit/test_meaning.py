"""Vectors of texts, the fusion of rankings, and what a query says and demands."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import IndexFault
from extractors.records import Block, BlockKind, Maker, Passage, Report, Tagged
from index.embedded import EmbeddedIndex, centres, nearest, reader
from index.embedded.folder import NEAREST
from index.meaning import DIMENSIONS, Sought
from index.meaning.asking import conditions, said
from index.meaning.encoder import encoder, likeness, whole
from index.meaning.fusion import fused
from index.memory import MemoryIndex
from index.query import parse
from index.widening import widened

WORDS = ("custody", "camera", "search", "child", "pursuit", "vetting", "record", "group", "river", "bicycle")


def alike(one: str, other: str) -> float:
    vectors = encoder().passages([one, other])
    return float(likeness(vectors[:1], vectors[1])[0])


@pytest.mark.parametrize(
    ("text", "nearer", "farther"),
    [
        ("a boy was searched without his clothes", "strip search of a child", "the vetting of officers"),
        ("the car was chased along the road", "police pursuit of a vehicle", "custody record"),
        ("he was found dead in his cell", "a death in the cells", "the vetting of officers"),
    ],
)
def test_nearness(text, nearer, farther):
    """What means the like is nearer than what does not, whatever words it uses."""
    assert alike(text, nearer) > alike(text, farther)


def test_a_text_is_itself():
    """A text has likeness 1 to itself; one that says nothing has no vector, and no likeness to anything."""
    assert alike("strip search", "strip search") == pytest.approx(1)
    vectors = encoder().passages(["", "  ", "custody"])
    assert [bool(row.any()) for row in vectors] == [False, False, True]
    assert likeness(vectors[:1], vectors[2]).tolist() == [0.0]


def test_texts_do_not_touch_each_other():
    """A text has the same vector alone and in a batch."""
    batch = encoder().passages(["custody", "a much longer text about a camera and a car", "child"])
    for row, text in zip(batch, ["custody", "a much longer text about a camera and a car", "child"], strict=True):
        assert (encoder().passages([text])[0] == row).all()


def test_other_names_pull():
    """With its other names a word is nearer to what they say than without."""
    target = encoder().passages(["body worn video"])
    bare = encoder().query([Sought("bwv")])
    named = encoder().query([Sought("bwv", ("body worn video", "body camera"))])
    assert likeness(target, named)[0] > likeness(target, bare)[0] + 0.2


@given(st.lists(st.floats(-5, 5, width=32), min_size=4, max_size=4))
def test_whole_numbers_keep_the_direction(values):
    """A vector in whole numbers points where it did, and uses their whole range."""
    given_one = np.array([values], dtype=np.float32)
    made = whole(given_one)
    assert np.abs(made).max() in {0, 127}
    if np.abs(given_one).max() > 1e-6:
        exact = given_one[0] / np.linalg.norm(given_one[0].astype(np.float64))
        assert float(exact @ (made[0] / np.linalg.norm(made[0].astype(np.float64)))) > 0.99


RANKING = st.lists(st.integers(0, 30), unique=True, max_size=12)


@given(RANKING, RANKING)
def test_fusion_holds_all_once(one, other):
    """Everything ranked anywhere is there once; alone, a ranking keeps its order; weights of 0 change no order."""
    both = [place for place, _ in fused([(1.0, one), (0.5, other)])]
    assert sorted(both) == sorted({*one, *other})
    assert [place for place, _ in fused([(1.0, one)])] == one
    scores = [score for _, score in fused([(1.0, one), (0.5, other)])]
    assert scores == sorted(scores, reverse=True)


@given(RANKING.filter(bool), RANKING)
def test_agreement_wins(one, other):
    """What leads both rankings leads the fused one."""
    leader = one[0]
    assert fused([(1.0, one), (0.5, [leader, *(o for o in other if o != leader)])])[0][0] == leader


@pytest.mark.parametrize(
    ("query", "demanded", "words"),
    [
        pytest.param("car chase", "", "car chase", id="free words demand nothing"),
        pytest.param("chase role:finding", 'role:"finding"', "chase", id="conditions stay"),
        pytest.param('"strip search" kids', '"strip search"', "kids / strip search", id="quotes stay, and are meant"),
        pytest.param("chase -moped", "NOT moped", "chase", id="exclusions stay, and are not meant"),
        pytest.param("hood OR role:finding", "", "hood", id="a condition beside a word is no demand"),
        pytest.param('role:finding OR "spit hood"', '(role:"finding" OR "spit hood")', "spit hood", id="wordless OR"),
        pytest.param("investigat* year:2020", "year:2020..2020", "investigat", id="beginnings are words"),
    ],
)
def test_what_a_query_demands_and_says(query, demanded, words):
    """Free words say what is meant; conditions, quotes and exclusions must be met."""
    tree = parse(query)
    assert str(conditions(tree)) == demanded
    assert " / ".join(one.text for one in said(tree)).replace(" / ", " ") == words.replace(" / ", " ")


def test_other_names_are_said():
    """What a word is called otherwise is part of what is meant."""
    (one,) = said(widened(parse("bwv")))
    assert "body worn video" in one.others


def report(number: int, passages: int) -> Tagged:
    about = Report(id=f"r{number}", sha256=f"{number:064x}", url=f"file:///{number}", title="T", page_count=1)
    texts = [f"{WORDS[(number + n) % 10]} {WORDS[(number * n + 5) % 10]} {number} {n}" for n in range(passages)]
    made = [
        Passage(id=f"r{number}:{n}", report=about, block=Block(ordinal=n, kind=BlockKind.PARAGRAPH, text=t, pages=(1,)))
        for n, t in enumerate(texts)
    ]
    return Tagged(report=about, maker=Maker(name="by-hand", revision="1"), passages=tuple(made))


@pytest.fixture
def reports():
    return [report(number, 20) for number in range(40)]


@pytest.mark.parametrize("query", ["a bike by the river", "custody -3", '"child" letter'])
def test_the_nearest_lists(reports, tmp_path, monkeypatch, query):
    """Where there are too many to compare each, the nearest lists hold nearly all that comparing each finds."""
    monkeypatch.setattr(nearest, "EXACT_UP_TO", 0)
    monkeypatch.setattr(nearest, "COMPARED", 400)
    monkeypatch.setattr(centres, "A_LIST", 25)
    monkeypatch.setattr(reader, "COMPARED_UP_TO", 0)
    monkeypatch.setattr(nearest, "AT_ONCE", 64)
    walked, compared = EmbeddedIndex(tmp_path), MemoryIndex()
    for index in (walked, compared):
        index.publish(reports, vectors=True)
    found = [
        [hit.passage.id for hit in index.search(query, mode="meaning", limit=50).hits] for index in (walked, compared)
    ]
    assert len(found[0]) == len(found[1])
    assert len(set(found[0]) & set(found[1])) >= 0.9 * len(found[1])


def test_a_report_given_twice_is_held_once(reports, tmp_path):
    """Vectors of a report that comes twice in one publishing, or comes again, are those of the last."""
    index = EmbeddedIndex(tmp_path)
    index.publish([reports[0], reports[1], reports[0].replaced(passages=reports[0].passages[:2])], vectors=True)
    index.publish([reports[1].replaced(passages=reports[1].passages[:3])])
    hits = index.search("custody", mode="meaning", limit=100).hits
    assert sorted(hit.passage.id for hit in hits) == ["r0:0", "r0:1", "r1:0", "r1:1", "r1:2"]


@pytest.mark.parametrize("damage", ["gone", "empty", "rubbish"])
def test_damaged_vectors(reports, tmp_path, damage):
    """A search by words does not need the vectors; one by meaning says that the generation is damaged."""
    index = EmbeddedIndex(tmp_path)
    index.publish(reports[:2], vectors=True)
    (path,) = tmp_path.glob(f"generations/*/{NEAREST}")
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes(b"" if damage == "empty" else b"rubbish" * 100)
    fresh = EmbeddedIndex(tmp_path)
    assert fresh.search("custody").total
    with pytest.raises(IndexFault, match="damaged"):
        fresh.search("custody", mode="meaning")


def test_the_table_fits():
    """Every word piece has a row of the right width."""
    made = encoder()
    assert made.passages(["x"]).shape == (1, DIMENSIONS)
