"""Which parts of a passage's text answer a query, as offsets: the same for every back end."""

from index.analysis import Terms, stem
from index.protocol import Span
from index.query import Node, Phrase, Word, sought
from index.spelling import slips

MOST_SPANS = 200


class Marker:
    """Marks what answers a query in one text after the other.

    Args:
        tree: of the query.
    """

    def __init__(self, tree: Node) -> None:
        wanted = list(dict.fromkeys(sought(tree)))
        names = dict.fromkeys(name for word in wanted if isinstance(word, Word) for name in word.others)
        written = [*(word.text for word in wanted if isinstance(word, Word) and _plain(word)), *names]
        stemmed = {tuple(stem(term) for term in name.split("-")) for name in written}
        self._single = frozenset(name[0] for name in stemmed if len(name) == 1)
        self._runs: dict[str, list[list[str]]] = {}
        for name in stemmed:
            if len(name) > 1:
                self._runs.setdefault(name[0], []).append(list(name))
        self._others = [one for one in wanted if isinstance(one, Phrase) or not _plain(one)]

    def __call__(self, text: str) -> tuple[Span, ...]:
        """Spans of *text* that hold the words and phrases, in order, none overlapping."""
        if not (self._single or self._runs or self._others):
            return ()
        said = Terms(text)
        stemmed = said.stemmed
        marked = {n for n, term in enumerate(stemmed) if term in self._single}
        for n, term in enumerate(stemmed):
            for run in self._runs.get(term, ()):
                if stemmed[n : n + len(run)] == run:
                    marked.update(range(n, n + len(run)))
        for one in self._others:
            marked |= _places(said.exact, one)
        return _spans(said, sorted(marked))[:MOST_SPANS]


def highlights(text: str, tree: Node) -> tuple[Span, ...]:
    """Spans of *text* that hold the words and phrases of *tree*."""
    return Marker(tree)(text)


def _plain(word: Word) -> bool:
    """Whether it is sought in any of its forms."""
    return not (word.prefix or word.edits)


def _places(exact: list[str], wanted: Word | Phrase) -> set[int]:
    """Positions of the tokens that *wanted* covers as written."""
    if isinstance(wanted, Word):
        return {n for n, term in enumerate(exact) if _meets(term, wanted)}
    terms = wanted.text.split(" ")
    if wanted.slop:
        return _loose_run(exact, terms, wanted.slop)
    size = len(terms)
    starts = [n for n, term in enumerate(exact) if term == terms[0] and exact[n : n + size] == terms]
    return {n + step for n in starts for step in range(size)}


def _meets(term: str, word: Word) -> bool:
    return term.startswith(word.text) if word.prefix else slips(term, word.text) <= word.edits


def _loose_run(seen: list[str], terms: list[str], slop: int) -> set[int]:
    """Tokens of the phrase that have another of its tokens close enough."""
    places = [n for n, term in enumerate(seen) if term in set(terms)]
    reach = slop + 1
    return {n for n in places if any(n != m and abs(n - m) <= reach and seen[n] != seen[m] for m in places)}


def _spans(said: Terms, marked: list[int]) -> tuple[Span, ...]:
    """Neighbouring terms are one span, so that a phrase is marked whole."""
    spans: list[tuple[int, int]] = []
    last = -2
    for place in marked:
        start, end = said.ends(place)
        if place == last + 1:
            start, _ = spans.pop()
        spans.append((start, end))
        last = place
    return tuple(Span(start=start, end=end) for start, end in spans)
