"""The query language: what parses to what, and that nothing breaks it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.errors import UsageError
from index.query import Both, Condition, Either, Everything, Loose, Phrase, Without, Word, parse
from index.query.conditions import FIELDS

TREES = [
    ("", Everything()),
    ("moped", Word(text="moped")),
    ("strip Search", Loose(words=(Word(text="strip"), Word(text="search")))),
    ('"Body-Worn video"', Phrase(text="body worn video")),
    ('"a b"~99', Phrase(text="a b", slop=50)),
    ("a AND b", Both(parts=(Word(text="a"), Word(text="b")))),
    ("a OR b AND c", Either(parts=(Word(text="a"), Both(parts=(Word(text="b"), Word(text="c")))))),
    ("-moped", Without(part=Word(text="moped"))),
    ("--moped", Word(text="moped")),
    ("polic*", Word(text="polic", prefix=True)),
    ("whatsap~2", Word(text="whatsap", edits=2)),
    ("whatsap~9", Word(text="whatsap", edits=2)),
    ("role:Finding,outcomes", Condition(field="role", values=("finding", "outcome"))),
    ("force:met", Condition(field="force", values=("Metropolitan Police Service",))),
    ("page:3", Condition(field="page", low=3, high=3)),
    ("year:2019..", Condition(field="year", low=2019)),
    ("136(a)", Word(text="136-a")),
    ("(a", Word(text="a")),
    ("OR", Word(text="or")),
    ("a NOT", Loose(words=(Word(text="a"), Word(text="not")))),
]


@pytest.mark.parametrize(("query", "tree"), [pytest.param(*row, id=row[0] or "empty") for row in TREES])
def test_trees(query, tree):
    """Each form of the language has one tree."""
    assert parse(query) == tree


FAULTS = [
    ("role:findng", 6, "role:finding"),
    ("moped role:findng", 12, "role:finding"),
    ("theme:stop-serch", 7, "theme:stop-search"),
    ("decision:acepted", 10, "decision:accepted"),
    ("year:20x9", 6, "year:12..15"),
    ("page:..", 6, "page:12"),
    ("page:9..4", 6, "page:4..9"),
    ("role:(finding)", 6, 'role:"…"'),
    ('report:""', 8, 'report:"…"'),
    ("a *moped", 3, "investigat*"),
    ("m*", 1, "two letters"),
    ("(" * 41 + "a", 41, "flatter"),
]


@pytest.mark.parametrize(("query", "at", "hint"), [pytest.param(*row, id=row[0][:20]) for row in FAULTS])
def test_faults_point_at_the_character_and_suggest(query, at, hint):
    """What cannot be meant is said to stand at a character, counted from 1, with what to write instead."""
    with pytest.raises(UsageError) as caught:
        parse(query)
    assert f"character {at}:" in caught.value.what
    assert hint in caught.value.mend


@given(st.text(max_size=200))
def test_any_text_parses_or_is_refused_with_reason(text):
    """Whatever is typed, the answer is a tree or a usage error; and what a tree prints parses to the same tree."""
    try:
        tree = parse(text)
    except UsageError as error:
        assert "character" in error.what  # noqa: PT017 - hypothesis needs both ways
        return
    assert parse(str(tree)) == tree


PIECES = st.sampled_from([
    "moped", "body-worn", '"spit hood"', '"a b"~3', "AND", "OR", "NOT", "-", "(", ")", '"', "polic*",
    "whatsap~1", "the", "role:finding", "theme:custody,road", 'force:"Kent Police"', "year:2019..2021", "page:4",
    "report:x", "foo:bar", "—", "’",
])  # fmt: skip


@given(st.lists(PIECES, max_size=14).map(" ".join) | st.lists(PIECES, max_size=14).map("".join))
def test_pieces_in_any_order_round_trip(query):
    """The pieces of the language, however they are thrown together, give a tree that prints to itself."""
    try:
        tree = parse(query)
    except UsageError:
        assert any(f"{field}:" in query for field in FIELDS) or "*" in query
        return
    assert parse(str(tree)) == tree


@given(
    st.lists(
        st.sampled_from(["moped", "whatsapp", "o'brien", "4.17", "naïve", "(", ")", '"', "AND", "—", "?"]), max_size=20
    )
)
def test_free_text_never_fails(pieces):
    """Text without a condition or a star always parses."""
    parse(" ".join(pieces))


@pytest.mark.parametrize(
    "query", ["(" * 8_000, "-" * 8_000, '"' * 8_000, "NOT " * 2_000, "a(" * 4_000, "~" * 8_000, ":" * 8_000]
)
def test_hostile_queries_end(query):
    """Long nonsense is parsed or refused at once, never at the cost of the stack."""
    try:
        parse(query)
    except UsageError as error:
        assert error.exit_code == 2  # noqa: PT017 - either way is right
