"""Windows: every sentence is read once, whole, with its neighbours."""

from hypothesis import given
from hypothesis import strategies as st

from extractors.tagging.windows import MOST_HEADING_TOKENS, Marks, Piece, cores, pack, shorten

MARKS = Marks(start=1, separator=2)
LENGTHS = st.lists(st.tuples(st.integers(1, 60), st.booleans()), max_size=40)


def pieces_of(lengths):
    """Sentences whose tokens are their own ordinals, so that a window shows what it holds."""
    paragraph, out = 0, []
    for at, (length, opens) in enumerate(lengths):
        paragraph += opens
        out.append(Piece(tuple([at + 10] * length), paragraph))
    return out


@given(LENGTHS, st.integers(100, 300), st.integers(0, 40), st.integers(0, 50))
def test_every_sentence_is_core_once(lengths, budget, context, heading):
    """Each sentence lies in exactly one core, in order, and its span holds exactly its own tokens."""
    pieces = pieces_of(lengths)
    windows = pack(pieces, [7] * heading, MARKS, budget=budget, context=context)
    seen = [span for window in windows for span in window.spans]
    assert [sentence for sentence, _, _ in seen] == list(range(len(pieces)))
    for window in windows:
        for sentence, start, end in window.spans:
            assert window.tokens[start:end] == pieces[sentence].tokens


@given(LENGTHS, st.integers(200, 300), st.integers(0, 40))
def test_no_window_exceeds_its_budget(lengths, budget, context):
    """A window is never longer than its budget when no sentence is."""
    heading = [7] * 60
    for window in pack(pieces_of(lengths), heading, MARKS, budget=budget, context=context):
        assert len(window.tokens) <= budget
        assert window.tokens.count(7) == MOST_HEADING_TOKENS


def test_neighbours_are_read_beside_the_core():
    """Where a document does not fit into one window, sentences beside the core are in it too."""
    pieces = [Piece((at + 10,) * 20, at) for at in range(20)]
    windows = pack(pieces, [], MARKS, budget=150, context=21)
    middle = windows[1]
    first, last = middle.spans[0][0], middle.spans[-1][0]
    assert {first - 1 + 10, last + 1 + 10} <= set(middle.tokens)


def test_a_short_document_is_one_window():
    """A document that fits is read in one pass, with a separator between its paragraphs."""
    windows = pack([Piece((10, 10), 0), Piece((11,), 1)], [7], MARKS)
    assert [window.tokens for window in windows] == [(1, 7, 2, 10, 10, 2, 11, 2)]


def test_nothing_makes_no_window():
    """A document without sentences needs no pass."""
    assert pack([], [7], MARKS) == []


@given(LENGTHS, st.integers(20, 200))
def test_runs_cover_everything(lengths, room):
    """Runs follow on one another without gap or overlap."""
    pieces = pieces_of(lengths)
    edges = list(cores(pieces, room))
    flat = [at for start, end in edges for at in range(start, end)]
    assert flat == list(range(len(pieces)))


@given(st.lists(st.integers(), max_size=50), st.integers(3, 30))
def test_shortening_keeps_both_ends(tokens, most):
    """A long sentence keeps its beginning and its end, a short one everything."""
    short = shorten(tokens, most)
    assert len(short) == min(len(tokens), most)
    if tokens:
        assert (short[0], short[-1]) == (tokens[0], tokens[-1])
