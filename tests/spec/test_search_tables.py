"""What each query finds: the same table for every back end, and the manual of the query language."""

from datetime import date

import pytest

from extractors.errors import UsageError
from extractors.records import Decision, Role, Tagged
from index.memory import MemoryIndex
from index.protocol import Facet, Filters, Index, Sort

ALL = (
    "custody:0 custody:1 custody:2 custody:3 custody:4 fennick:0 fennick:1 fennick:2 fennick:3 fennick:4 "
    "pursuit:0 pursuit:1 pursuit:2 pursuit:3 reply:0 reply:1 search:0 search:1 search:2 search:3 undated:0 undated:1 "
    "undated:2"
)
FENNICK = "fennick:0 fennick:1 fennick:2 fennick:3 fennick:4"
CUSTODY = "custody:0 custody:1 custody:2 custody:3 custody:4"
PURSUIT = "pursuit:0 pursuit:1 pursuit:2 pursuit:3"
SEARCH = "search:0 search:1 search:2 search:3"

WORDS = [
    ("one word", "moped", PURSUIT),
    ("case does not matter", "MOPED", PURSUIT),
    ("a stem meets its forms", "vetted", "undated:0 undated:1"),
    ("possessives meet the bare word", "driver", "pursuit:0"),
    ("and the other way round", "driver's", "pursuit:0"),
    ("straight quotes meet curly ones", "Smith's", "pursuit:0"),
    ("accents do not matter", "naive", "pursuit:0"),
    ("nor do they in the query", "mòpèd", PURSUIT),
    ("words that versions of the stemmer treat apart", "pathologist emergency university evening", "undated:2"),
    ("a number", "14", "search:1"),
    ("an unknown word meets nothing", "zebra", ""),
    ("two words must both be there", "custody record", "custody:1 custody:3"),
    ("anywhere in passage, heading or title", "moped driver", "pursuit:0"),
    ("of three words, two", "strip search child", f"custody:0 {SEARCH}"),
    ("function words are not counted", "what was the moped", PURSUIT),
    (
        "nothing but function words",
        "what was the",
        "custody:1 fennick:1 pursuit:0 pursuit:1 undated:2",
    ),
    ("a word repeated asks for no more", "moped moped moped driver", "pursuit:0"),
    ("a compound stands together", "body-worn", "fennick:2 fennick:3"),
    ("a paragraph's printed number", "4.17", "search:1"),
    ("the number of a recommendation", "Recommendation 2", "fennick:4"),
    ("a time is a compound", "10:30", "pursuit:2"),
    ("so is a sum", "£1,000", "pursuit:2"),
    ("brackets within a word", "136(a)", "pursuit:1"),
    ("a title's word meets the whole report", "Fennick", f"{FENNICK} reply:0 reply:1"),
    ("a heading's word meets what stands below", "background", "fennick:0"),
    ("punctuation alone meets all", "?! --- ...", ALL),
    ("nothing asked meets all", "", ALL),
    ("white space asks nothing", "  \t ", ALL),
    ("a single quote is ignored", 'moped "', PURSUIT),
    ("an apostrophe alone is ignored", "' moped", PURSUIT),
    ("brackets without a partner are ignored", "((moped", PURSUIT),
    ("and closing ones", "moped))", PURSUIT),
    ("an operator without a side is a word", "moped AND", PURSUIT),
    ("lower case and is a word", "moped and driver", "pursuit:0"),
    ("an unknown name before a colon is a word", "driver: moped", "pursuit:0"),
    ("control characters are blanks", "moped\x00\x07driver", "pursuit:0"),
]

PHRASES = [
    ("words in a row", '"spit hood"', "custody:2"),
    ("not in another order", '"hood spit"', ""),
    ("hyphens do not matter", '"body worn video"', "fennick:2 fennick:3"),
    ("as written: no stemming", '"strip searches"', "search:0 search:1 search:2 search:3"),
    ("another form is another phrase", '"strip searched"', "custody:0"),
    ("one word in quotes is exact", '"vetted"', "undated:1"),
    ("curly quotes", "“spit hood”", "custody:2"),
    ("function words count in a phrase", '"use of force"', "undated:0"),
    ("a phrase in a title", '"becomes unwell"', CUSTODY),
    ("a phrase does not run over fields", '"fennick officers"', ""),
    ("a phrase and words", '"spit hood" alleged', "custody:2"),
    ("two phrases are both needed", '"spit hood" "strip search"', ""),
    ("an empty phrase asks nothing", '""', ALL),
    ("near: within so many words", '"strip child"~3', "search:0"),
    ("near: not so near", '"strip child"~2', ""),
    ("near: another order costs two", '"child strip"~5', "search:0"),
    ("near: three words, pair by pair", '"train supervisor banter"~3', "fennick:4"),
    ("near: 0 is a plain phrase", '"spit hood"~0', "custody:2"),
]

OPERATORS = [
    ("either", "hood OR whatsapp", "custody:2 fennick:0"),
    ("either of phrases", '"body worn video" OR whatsapp', "fennick:0 fennick:2 fennick:3"),
    ("both", "custody AND falsified", "custody:1"),
    ("AND binds tighter than OR", "whatsapp OR custody AND falsified", "custody:1 fennick:0"),
    ("brackets bind first", "(whatsapp OR custody) AND falsified", "custody:1"),
    ("adjacent words bind tightest", "spit hood OR whatsapp group", "custody:2 fennick:0"),
    ("without, by a dash", "custody -detainee", "custody:0 custody:2 custody:3"),
    ("without, by NOT", "custody NOT detainee", "custody:0 custody:2 custody:3"),
    ("without a phrase", 'custody -"spit hood"', "custody:0 custody:1 custody:3 custody:4"),
    ("without a group", "custody -(detainee OR hood)", "custody:0 custody:3"),
    ("only without", "-custody -fennick -search -pursuit", "undated:0 undated:1 undated:2"),
    ("without what is nowhere", "-zebra", ALL),
    ("not not", "NOT (NOT hood)", "custody:2"),
    (
        "either or without",
        "hood OR NOT (custody OR fennick OR search OR pursuit)",
        "custody:2 undated:0 undated:1 undated:2",
    ),
    ("a dash within a word is no NOT", "body-worn video", "fennick:2 fennick:3"),
    ("a dash alone is ignored", "moped - driver", "pursuit:0"),
    ("nested brackets", "((hood) OR ((whatsapp)))", "custody:2 fennick:0"),
]

SHAPES = [
    ("beginning of a word", "falsif*", "custody:1"),
    ("as written, not stemmed", "searching*", "search:2"),
    ("beginnings in either case", "WhatsA*", "fennick:0"),
    ("a beginning and a word", "superv* challenge", "fennick:1 fennick:4"),
    ("one slip", "whatsap~1", "fennick:0"),
    ("a swap is one slip", "mopde~1", PURSUIT),
    ("two slips", "watsap~2", "fennick:0"),
    ("a bare tilde is one", "whatsap~", "fennick:0"),
    ("too many slips", "whtsap~1", ""),
]

CONDITIONS = [
    ("role", "role:finding", "custody:1 fennick:1 pursuit:1 search:1 undated:1"),
    ("role in the plural", "role:findings", "custody:1 fennick:1 pursuit:1 search:1 undated:1"),
    ("any of two roles", "role:outcome,response", "custody:3 reply:0 reply:1"),
    ("a role and words", "records role:finding", "custody:1 search:1"),
    ("theme", "theme:records", "custody:1 fennick:3 search:1 search:3"),
    ("theme by its title", 'theme:"Stop and search"', "search:1 search:3"),
    ("two themes, both", "theme:records theme:oversight", "fennick:3"),
    ("force of the report", 'force:"Norhaven Police"', f"{FENNICK} reply:0 reply:1 {SEARCH}"),
    ("force named in the passage", 'force:"Eastmarch Police"', "pursuit:0"),
    ("case of a name does not matter", 'force:"norhaven  POLICE"', f"{FENNICK} reply:0 reply:1 {SEARCH}"),
    ("force nobody knows", "force:Nowhere", ""),
    ("source", "source:record", f"{CUSTODY} {PURSUIT}"),
    ("investigation", 'investigation:"Operation Fennick"', f"{FENNICK} reply:0 reply:1"),
    ("investigation without its first word", "investigation:fennick", f"{FENNICK} reply:0 reply:1"),
    ("investigation by reference", "investigation:2021/100200", FENNICK),
    ("report by id", "report:search", SEARCH),
    ("report by title", 'report:"Pursuit of a moped"', PURSUIT),
    ("report by url", 'report:"https://reports.example/custody-2019"', CUSTODY),
    ("report by file name", 'report:"Operation Fennick.pdf"', FENNICK),
    ("report by file name without ending", "report:strip-searches", SEARCH),
    ("year", "year:2022", f"{FENNICK} reply:0 reply:1"),
    ("years", "year:2019..2020", f"{CUSTODY} {SEARCH}"),
    ("years from", "year:2021.. role:finding", "fennick:1 pursuit:1"),
    ("years to", "year:..2019", CUSTODY),
    ("page", "page:12", "search:1"),
    ("a page that a passage runs on to", "page:5", "fennick:2"),
    ("pages", "page:4..6 report:fennick", "fennick:1 fennick:2 fennick:3 fennick:4"),
    ("decision", "decision:accepted", "fennick:3"),
    ("decision of any kind", "decision:accepted,rejected", "custody:4 fennick:3"),
    ("condition in either", "hood OR role:outcome", "custody:2 custody:3"),
    ("without a condition", "-source:folder -theme:custody -role:narrative", "custody:2 custody:3 pursuit:1 pursuit:3"),
    ("field name in capitals", "ROLE:outcome", "custody:3"),
]

FILTERS = [
    ("roles", "", Filters(roles=(Role.OUTCOME, Role.RESPONSE)), "custody:3 reply:0 reply:1"),
    ("themes", "", Filters(themes=("custody",)), "custody:1 custody:4"),
    ("forces", "role:finding", Filters(forces=("Norhaven Police",)), "fennick:1 search:1"),
    ("sources", "search", Filters(sources=("record",)), "custody:0"),
    ("investigations", "training", Filters(investigations=("Operation Fennick",)), "fennick:4 reply:1"),
    ("reports", "", Filters(reports=("reply",)), "reply:0 reply:1"),
    ("from a day, inclusive", "", Filters(published_from=date(2022, 4, 28)), "reply:0 reply:1"),
    ("to a day, inclusive", "", Filters(published_to=date(2019, 6, 30)), CUSTODY),
    ("between days", "role:finding", Filters(published_from=date(2020, 1, 1), published_to=date(2021, 12, 31)),
     "pursuit:1 search:1"),
    ("all fields together", "", Filters(roles=(Role.FINDING,), themes=("records",), sources=("record",)), "custody:1"),
    ("decisions", "", Filters(decisions=(Decision.ACCEPTED, Decision.REJECTED)), "custody:4 fennick:3"),
    ("filters and conditions", "theme:records", Filters(roles=(Role.RECOMMENDATION,)), "fennick:3 search:3"),
]  # fmt: skip

# fmt: off
FACETS: list[tuple[str, str, Facet, dict[str, int]]] = [
    ("roles of all", "", "role", {"finding": 5, "narrative": 5, "recommendation": 4, "allegation": 2, "other": 2,
                                  "response": 2, "outcome": 1}),
    ("themes within a query", "record*", "theme", {"records": 3, "stop-search": 2, "child-protection": 1,
                                                   "custody": 1}),
    ("forces count each passage once", "", "force", {"Norhaven Police": 11, "Wexmoor Constabulary": 9,
                                                     "Eastmarch Police": 1}),
    ("sources", "role:finding", "source", {"folder": 3, "record": 2}),
    ("years, undated left out", "", "year", {"2022": 7, "2019": 5, "2020": 4, "2021": 4}),
    ("investigations", "", "investigation", {"Operation Fennick": 7}),
    ("reports", "child OR whatsapp", "report", {"search": 4, "custody": 1, "fennick": 1}),
    ("decisions", "", "decision", {"accepted": 1, "rejected": 1}),
    ("nothing found", "zebra", "role", {}),
]
# fmt: on

WIDENED = [
    ("an abbreviation meets its words", "bwv", "fennick:2 fennick:3"),
    ("words meet what else they are called", "bodycam", "fennick:2 fennick:3"),
    ("a longer name before the words in it", "spit mask", "custody:2"),
    ("quoted words stay as written", '"bodycam"', ""),
    ("so does the beginning of a word", "bodycam*", ""),
    ("within operators", "bodycam AND monthly", "fennick:3"),
    ("a gap between the words is another name", "spit guard alleged", "custody:2"),
]

SPELT = [
    ("a letter dropped", "custdy falsified", "custody:1", {"custdy": "custody"}),
    ("two neighbours swapped", "custoyd falsified", "custody:1", {"custoyd": "custody"}),
    ("a word that stands once is no guide", "alsified", "", {}),
    ("a short word stays", "hod", "", {}),
    ("a known name stays, wherever it stands", "bodycam", "fennick:2 fennick:3", {}),
    ("quoted words stay", '"custdy"', "", {}),
    ("numbers stay", "2019x", "", {}),
]

RANKINGS = [
    ("a short passage that says it often", "pursuit", "pursuit:3"),
    ("text before title", "vetting", "undated:1 undated:0"),
    ("more of the words", "appropriate strip search child", "search:0"),
    ("a phrase asked for in words", "body worn video audit", "fennick:3 fennick:2"),
    ("what its report is about", "child recorded", "search:1 search:3"),
    ("ties in a fixed order", "source:record role:narrative,allegation", "custody:0 custody:2 pursuit:0 pursuit:2"),
    ("reading order within a report", "report:custody", CUSTODY),
]

DATED = ("reply:0 reply:1 " + FENNICK, f"{PURSUIT} {SEARCH} {CUSTODY}", "undated:0 undated:1 undated:2")
SORTED: list[tuple[str, str, Sort, str]] = [
    ("newest first, reading order within a report, undated last", "", "newest", " ".join(DATED)),
    ("oldest first, undated last", "", "oldest", f"{CUSTODY} {SEARCH} {PURSUIT} {FENNICK} reply:0 reply:1 {DATED[2]}"),
    ("words are sought all the same", "search OR vetting", "newest", f"{SEARCH} custody:0 undated:0 undated:1"),
    ("loosened words too", "zebra giraffe moped", "oldest", PURSUIT),
    ("within conditions", "role:finding", "newest", "fennick:1 pursuit:1 search:1 custody:1 undated:1"),
    ("nothing is nothing", "zebra", "newest", ""),
]

HIGHLIGHTS = [
    ("another name", "bwv", "fennick:3", ["body worn video"]),
    ("a word", "whatsapp", "fennick:0", ["WhatsApp"]),
    ("every form of it", "search", "search:2", ["Searching"]),
    ("a phrase whole", '"body worn video"', "fennick:2", ["body-worn video"]),
    ("neighbours as one", "audit video worn", "fennick:3", ["audit", "worn video"]),
    ("a beginning", "falsif*", "custody:1", ["falsified"]),
    ("a slip", "whatsap~1", "fennick:0", ["WhatsApp"]),
    ("not what was excluded", "hood -whatsapp", "custody:2", ["hood"]),
    ("possessive as printed", "driver", "pursuit:0", ["driver’s"]),
    ("nothing where only the title answers", "moped", "pursuit:2", []),
    ("near words", '"strip child"~3', "search:0", ["strip", "child"]),
]


def _ids(table: list[tuple[str, ...]]) -> list[object]:
    return [pytest.param(*row[1:], id=row[0]) for row in table]


@pytest.mark.parametrize(("query", "expected"), _ids([*WORDS, *PHRASES, *OPERATORS, *SHAPES, *CONDITIONS]))
def test_found(index: Index, query: str, expected: str) -> None:
    """A query finds exactly the passages of the table, and its total counts them."""
    answer = index.search(query, limit=100)
    assert " ".join(sorted(hit.passage.id for hit in answer.hits)) == expected
    assert answer.total == len(answer.hits)
    assert not answer.relaxed


@pytest.mark.parametrize(("query", "expected"), _ids(WIDENED))
def test_widened(index: Index, query: str, expected: str) -> None:
    """Free words are also found under their other names, and the answer tells which were sought."""
    answer = index.search(query, limit=100)
    assert " ".join(sorted(hit.passage.id for hit in answer.hits)) == expected
    assert bool(answer.widened) == (not any(mark in query for mark in '"*'))


@pytest.mark.parametrize(("query", "expected", "corrected"), _ids(SPELT))
def test_spelt(index: Index, query: str, expected: str, corrected: dict[str, str]) -> None:
    """A word that nothing holds is read as the nearest that something does, and the answer says so."""
    answer = index.search(query, limit=100)
    assert " ".join(sorted(hit.passage.id for hit in answer.hits)) == expected
    assert answer.corrected == corrected


@pytest.mark.parametrize(("query", "filters", "expected"), _ids(FILTERS))
def test_filtered(index: Index, query: str, filters: Filters, expected: str) -> None:
    """Filters hold any value within a field, and all fields together."""
    answer = index.search(query, filters, limit=100)
    assert " ".join(sorted(hit.passage.id for hit in answer.hits)) == expected


@pytest.mark.parametrize(("query", "facet", "expected"), _ids(FACETS))
def test_facets(index: Index, query: str, facet: Facet, expected: dict[str, int]) -> None:
    """Facets count every hit, not only those shown, most frequent first and then by name."""
    answer = index.search(query, limit=1, facets=(facet,))
    assert list(answer.facets[facet].items()) == list(expected.items())


@pytest.mark.parametrize(("query", "first"), _ids(RANKINGS))
def test_ranking(index: Index, query: str, first: str) -> None:
    """The best passages come first, in the same order everywhere."""
    wanted = first.split()
    assert [hit.passage.id for hit in index.search(query, limit=len(wanted)).hits] == wanted


@pytest.fixture(scope="module")
def reference(corpus: list[Tagged]) -> MemoryIndex:
    """The index that all others are held to."""
    made = MemoryIndex()
    made.publish(corpus)
    return made


@pytest.mark.parametrize("query", [query for _, query, _ in (*WIDENED, *RANKINGS)])
def test_scores(index: Index, reference: MemoryIndex, query: str) -> None:
    """Every back end gives every hit the same score: of words, of names of several words, and of their surroundings."""
    found, wanted = (
        [(hit.passage.id, hit.score) for hit in one.search(query, limit=100).hits] for one in (index, reference)
    )
    assert found == [(name, pytest.approx(score, abs=2e-4)) for name, score in wanted]


@pytest.mark.parametrize(("query", "sort", "expected"), _ids(SORTED))
def test_sorted_by_date(index: Index, query: str, sort: Sort, expected: str) -> None:
    """By date, hits of a day stand in reading order, undated ones last, and no score is given."""
    hits = index.search(query, limit=100, sort=sort).hits
    assert [hit.passage.id for hit in hits] == expected.split()
    assert {hit.score for hit in hits} <= {0.0}
    assert index.search(query, limit=3, sort=sort).hits == hits[:3]


@pytest.mark.parametrize(("query", "passage", "marked"), _ids(HIGHLIGHTS))
def test_highlights(index: Index, query: str, passage: str, marked: list[str]) -> None:
    """Highlights are offsets into the passage's text, phrases marked whole."""
    hit = next(hit for hit in index.search(query, limit=100).hits if hit.passage.id == passage)
    text = hit.passage.block.text
    assert [text[span.start : span.end] for span in hit.highlights] == marked


@pytest.mark.parametrize(
    ("query", "expected", "relaxed"),
    [
        pytest.param("zebra giraffe moped", PURSUIT, True, id="too few words are anywhere: any will do"),
        pytest.param("zebra moped", PURSUIT, True, id="so with two"),
        pytest.param("zebra AND moped", "", False, id="but not where AND was said"),
        pytest.param("zebra giraffe", "", False, id="nothing is nothing"),
    ],
)
def test_relaxed(index: Index, query: str, expected: str, relaxed: bool) -> None:
    """Free words that nothing holds together are sought apart, and the answer says so."""
    answer = index.search(query, limit=100)
    assert (" ".join(sorted(hit.passage.id for hit in answer.hits)), answer.relaxed) == (expected, relaxed)


@pytest.mark.parametrize("step", [1, 3, 7])
@pytest.mark.parametrize("query", ["", "search child", "role:finding OR custody"])
def test_pages_of_hits(index: Index, query: str, step: int) -> None:
    """Page by page gives the same hits as all at once."""
    whole = [hit.passage.id for hit in index.search(query, limit=100).hits]
    paged: list[str] = []
    for offset in range(0, len(whole), step):
        paged += [hit.passage.id for hit in index.search(query, limit=step, offset=offset).hits]
    assert paged == whole
    assert index.search(query, offset=len(whole)).hits == ()


FOLLOWED = ["", "search child", "role:finding OR custody", "zebra giraffe moped", "zebra", "se*"]


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("query", FOLLOWED)
def test_following_cursors(index: Index, query: str, sort: Sort) -> None:
    """Cursor by cursor gives every hit once, in order, with the whole total on each page, and then ends."""
    whole = index.search(query, limit=100, sort=sort)
    assert whole.cursor is None
    page = index.search(query, limit=2, sort=sort)
    found = list(page.hits)
    while page.cursor:
        page = index.search(query, limit=2, sort=sort, after=page.cursor)
        assert (page.total, page.relaxed) == (whole.total, whole.relaxed)
        found += page.hits
    assert found == list(whole.hits) == list(index.every(query, sort=sort))


def test_a_cursor_is_of_one_query(index: Index) -> None:
    """A cursor of another query, order or filter, or none at all, is refused and says what to do."""
    cursor = index.search("search child", limit=1).cursor
    for said in ({"query": "moped"}, {"query": "search child", "sort": "newest"}):
        with pytest.raises(UsageError, match="another query"):
            index.search(**said, after=cursor)
    with pytest.raises(UsageError, match="another query"):
        index.search("search child", Filters(sources=("record",)), after=cursor)
    for broken in ("x", "e30=", "WzFd", "¤"):
        with pytest.raises(UsageError, match="not a cursor"):
            index.search("search child", after=broken)


def test_offsets_have_a_bound(index: Index) -> None:
    """Beyond the deepest offset a search says to follow cursors, rather than showing nothing."""
    with pytest.raises(UsageError, match="100,000"):
        index.search("", offset=100_001)
