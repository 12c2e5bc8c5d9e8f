"""Which parts of a passage's text answer a query, as offsets: the same for every back end."""

from collections.abc import Iterator

from index.analysis import offsets, stem
from index.protocol import Span
from index.query import Both, Either, Loose, Node, Phrase, Word, telling
from index.spelling import slips

MOST_SPANS = 200


def highlights(text: str, tree: Node) -> tuple[Span, ...]:
    """Spans of *text* that hold the words and phrases of *tree*, in order, none overlapping."""
    wanted = list(dict.fromkeys(_wanted(tree)))
    if not wanted:
        return ()
    found = offsets(text)
    exact = [term for term, _, _ in found]
    stemmed = [stem(term) for term in exact]
    single = {stem(word.text) for word in wanted if _plain(word)}
    marked = {n for n, term in enumerate(stemmed) if term in single}
    for one in wanted:
        if not _plain(one):
            marked |= _places(exact, stemmed, one)
    return _spans(found, sorted(marked))[:MOST_SPANS]


def _plain(wanted: Word | Phrase) -> bool:
    """Whether it is one word, stemmed, of one term."""
    return isinstance(wanted, Word) and not (wanted.prefix or wanted.edits or "-" in wanted.text)


def _wanted(node: Node) -> Iterator[Word | Phrase]:
    """Words and phrases that a hit may hold; not those it must not."""
    if isinstance(node, Word | Phrase):
        yield node
        if isinstance(node, Word):
            yield from (Word(text=name) for name in node.others)
    elif isinstance(node, Loose):
        for word in telling(node):
            yield from _wanted(word)
    elif isinstance(node, Both | Either):
        for part in node.parts:
            yield from _wanted(part)


def _places(exact: list[str], stemmed: list[str], wanted: Word | Phrase) -> set[int]:
    """Positions of the tokens that *wanted* covers."""
    if isinstance(wanted, Word) and (wanted.prefix or wanted.edits):
        return {n for n, term in enumerate(exact) if _meets(term, wanted)}
    if isinstance(wanted, Word):
        seen, terms = stemmed, [stem(term) for term in wanted.text.split("-")]
    else:
        seen, terms = exact, wanted.text.split(" ")
    if isinstance(wanted, Phrase) and wanted.slop:
        return _loose_run(seen, terms, wanted.slop)
    size = len(terms)
    starts = [n for n, term in enumerate(seen) if term == terms[0] and seen[n : n + size] == terms]
    return {n + step for n in starts for step in range(size)}


def _meets(term: str, word: Word) -> bool:
    return term.startswith(word.text) if word.prefix else slips(term, word.text) <= word.edits


def _loose_run(seen: list[str], terms: list[str], slop: int) -> set[int]:
    """Tokens of the phrase that have another of its tokens close enough."""
    places = [n for n, term in enumerate(seen) if term in set(terms)]
    reach = slop + 1
    return {n for n in places if any(n != m and abs(n - m) <= reach and seen[n] != seen[m] for m in places)}


def _spans(found: list[tuple[str, int, int]], marked: list[int]) -> tuple[Span, ...]:
    """Neighbouring tokens are one span, so that a phrase is marked whole."""
    spans: list[Span] = []
    last = -2
    for place in marked:
        _, start, end = found[place]
        if place == last + 1 and spans:
            spans[-1] = Span(start=spans[-1].start, end=end)
        else:
            spans.append(Span(start=start, end=end))
        last = place
    return tuple(spans)
