"""The query language: what parses to what, and that nothing breaks it."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from extractors.errors import UsageError
from index.query import Both, Condition, Either, Everything, Loose, Phrase, Without, Word, hints, parse
from index.query.conditions import FIELDS
from index.query.explain import explain

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


@example("⑴")
@example('"⒈ rule"')
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


@pytest.mark.parametrize(
    ("query", "said"),
    [
        pytest.param("x" * 1_000_000, "1,000,000 characters", id="a megabyte of one word"),
        pytest.param("(" * 1_000_000, "1,000,000 characters", id="a megabyte of brackets"),
        pytest.param(" OR ".join(["moped"] * 10_000), "characters", id="ten thousand clauses"),
        pytest.param(" ".join(f"a{n}" for n in range(1_300)), "500 words", id="short clauses, too many"),
    ],
)
def test_too_much_is_refused_in_no_time(query, said):
    """What is over a bound is refused before it is looked into, whatever its size."""
    began = time.process_time()
    with pytest.raises(UsageError, match=said):
        parse(query)
    assert hints(query) == ()
    assert time.process_time() - began < 1


UNKNOWN = "Character 7: the gazetteer knows no force of this name, so it is sought as written."
HINTS = [
    ("forse:met moped", ["Character 1: there is no field 'forse', so it is read as a word. Did you mean force:?"]),
    ("moped Rolle:finding", ["Character 7: there is no field 'Rolle', so it is read as a word. Did you mean role:?"]),
    ('moped "spit hood', ["Character 7: this quote has no partner and is left out."]),
    ("(moped", ["Character 1: this bracket has no partner; what follows is taken to the end."]),
    ("moped) x", ["Character 6: this bracket has no partner and is left out."]),
    ("hood or mask", ["Character 6: 'or' is read as a word; as an operator it is written OR."]),
    (
        'force:"Kent Polise"',
        [
            f"{UNKNOWN} Did you mean force:\"Kent Police\"?",
        ],
    ),
    ("force:Nowhere", [UNKNOWN]),
    ("note: moped 10:30 https://example.org role:finding force:met a and b", []),
]  # fmt: skip


@pytest.mark.parametrize(("query", "said"), [pytest.param(*row, id=row[0]) for row in HINTS])
def test_hints_point_at_what_was_read_as_words(query, said):
    """What looks like the language and is none is told, at its character, with what to write."""
    assert list(hints(query)) == said


@given(st.text(max_size=100))
def test_hints_never_fail(query):
    """Any text has its hints, or none."""
    assert all(hint.startswith("Character ") for hint in hints(query))


def test_an_explanation_tells_all():
    """The tree in words, what is stemmed, what is as written, what is left out, and what was sought as well."""
    found = explain(
        'lost the bwv -"spit hood"~2 AND (polic* OR whatsap~) role:finding year:2019.. page:3',
        synonyms={"bwv": ("body worn video",)},
        corrected={"bwv": "bvw"},
    )
    assert found.tree == (
        "all of",
        "  at least 2 of",
        "    lost, in any form",
        "    bwv, in any form",
        "  without",
        '    the words "spit hood", each within 2 of the next, as written',
        "  any of",
        "    a word that begins with polic, as written",
        "    whatsap, or a word 1 slip away",
        "  role is finding",
        "  year from 2019 to the last",
        "  page from 3 to 3",
    )
    assert found.terms == {"lost": "lost", "bwv": "bwv"}
    assert found.exact == ('"spit hood"~2', "polic*", "whatsap~1")
    assert (found.left_out, found.synonyms) == (("the",), {"bwv": ("body worn video",)})
    assert found.corrected == {"bwv": "bvw"}
    assert explain(found.meant).tree == found.tree


def test_the_explanation_of_nothing():
    """An empty query is every passage."""
    assert explain("").tree == ("every passage",)


@given(st.lists(PIECES, max_size=10).map(" ".join))
def test_whatever_parses_can_be_explained(query):
    """Every tree has words."""
    try:
        parse(query)
    except UsageError:
        return
    assert explain(query).tree
