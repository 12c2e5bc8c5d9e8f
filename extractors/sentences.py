"""Where sentences begin and end: fast rules for the prose of reports, with exact offsets.

A full stop ends a sentence unless it belongs to something: an abbreviation, a title, an initial, a
section or paragraph number, a time, a list marker. Lines end sentences, and so do the items of a list
that runs on in one paragraph ("…: (a) …; (b) …"). Footnote figures and bracketed references that
follow a full stop stay with the sentence they annotate.
"""

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Never the end of a sentence: something must follow them.
_BINDING = _words("""
    mr mrs ms mx dr prof profs sgt insp supt ch det cllr rev revd fr lt col capt cpl maj gen cmdr cdr sir hon rt messrs
    eg ie e.g i.e cf viz vs v para paras s ss reg regs r rr art arts sch schs cl cll vol vols pp fig figs app ann annex
    exh tel ext approx c ca incl esp op cit ed eds trans ref refs sec secs
""")
# Followed by a figure they are part of a citation ("No. 7", "p. 12"); otherwise an ordinary word or ending.
_BEFORE_FIGURES = _words("""
    no nos p pg page ch chap pt pts item rec recs q qs doc tab nr n col
    jan feb mar apr jun jul aug sep sept oct nov dec
""")
# May end a sentence or stand in the middle of one: only a word that usually opens a sentence decides.
_AMBIGUOUS = _words("""
    ltd inc co corp plc llp al st ave rd dept govt univ jr sr esq bros u.s u.k e.u n.h.s d.c a.m p.m am pm hrs mins
""")
_OPENERS = _words("""
    the a an this that these those it its he she they we i his her their our my in on at by for from with within without
    during after before when while where which who what why how if although though however but and or so as since there
    here both each all any some most many no none one two three to under over upon following despite because given
    having not nor once until unless further furthermore moreover nevertheless therefore thus then also officers police
    evidence
""")
_MARKER = r"(?:\(?(?:[a-zA-Z]|[ivx]{2,5}|\d{1,2})\.?\)|[a-z]\.(?=\s)|\d{1,2}\.(?=\s))"
_CLOSERS = "\"'’”)\\]»"
_OPEN = "\"'‘“([«"

_LINE = re.compile(r"[^\n]+")
_CANDIDATE = re.compile(
    rf"""
    (?P<stop>[.!?…]+(?:\s\.){{0,3}})                 # the stop itself; a spaced ellipsis is one stop
    (?P<close>[{_CLOSERS}]*)
    (?P<note>(?:\[\d{{1,3}}\]|(?:(?<=”)\s)?\d{{1,4}}(?:,\s?\d{{1,4}})*(?=\s+[{_OPEN}]?[A-Z(]))?)   # a footnote's figure
    (?P<reference>\s+\((?:\d+\.\d+|(?:paras?|[Pp]aragraphs?|[Rr]ecommendation|[Cc]onclusion)\b[^()]{{0,40}})\)\.?)?
    (?P<gap>\s+)
    (?=(?P<next>\S{{1,24}}))
    |
    (?<=[a-z]{{2}})(?P<glued>[.?!][’”]?)(?=[A-Z][a-z])       # "proceedings?Another": the space was lost
    |
    [:;](?:\s+(?:and|or))?(?P<item>\s+)(?={_MARKER}\s)     # "…: (a) …; and (b) …"
    """,
    re.VERBOSE,
)
_QUOTED = re.compile(r"“[^“”]*”|\([^()]*\)|\"[^\"]*\"")
_WORD_BEFORE = re.compile(r"[\w.&'’-]+$")
_START_MARKER = re.compile(rf"\s*[{_OPEN}]?(?:\d{{1,3}}(?:\.\d{{1,3}})*|[a-zA-Z]|[ivxlc]{{1,6}})\)?$")
_LONG_NUMBER = re.compile(r"(?:\b\d{4}|,\d{3})$")
_NEXT_WORD = re.compile(rf"[{_OPEN}]*([\w.]*)")
_WEB = re.compile(r"(?:https?://|www\.)\S*$")


def split(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of the sentences of *text*: in order, trimmed, together covering every character that is not blank.

    Examples:
        >>> text = "PC Smith (see para. 4.17) ran. She fell.12 Why?"
        >>> [text[start:end] for start, end in split(text)]
        ['PC Smith (see para. 4.17) ran.', 'She fell.12', 'Why?']
    """
    spans: list[tuple[int, int]] = []
    for line in _LINE.finditer(text):
        start = line.start()
        for cut in _cuts(text, line.start(), line.end()):
            start = _append(spans, text, start, cut)
        _append(spans, text, start, line.end())
    return tuple(spans)


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> int:
    """Add the trimmed span, if anything is in it, and say where the next begins."""
    piece = text[start:end]
    body = piece.strip()
    if body:
        begin = start + len(piece) - len(piece.lstrip())
        spans.append((begin, begin + len(body)))
    return end


def _cuts(text: str, start: int, end: int) -> list[int]:
    """Offsets within one line at which a new sentence begins (or the blank before it)."""
    cuts: list[int] = []
    opened = start
    quoted = _quoted(text, start, end)
    for match in _CANDIDATE.finditer(text, start, end):
        # A match that takes the closing mark with it stands at the end of the quotation, not inside.
        close = max(match.end("close"), match.start() + 1)
        if any(first < match.start() and close <= last for first, last in quoted):
            continue
        cut = _cut(text, opened, match)
        if cut is not None:
            cuts.append(cut)
            opened = cut
    return cuts


def _quoted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Spans inside quotation marks or brackets: what is quoted belongs to the sentence that quotes it."""
    return [(found.start(), found.end() - 1) for found in _QUOTED.finditer(text, start, end)]


def _cut(text: str, opened: int, match: re.Match[str]) -> int | None:
    """Where *match* ends the sentence that opened at *opened*; None where it does not."""
    kind = match.lastgroup
    if kind == "glued":
        return None if _WEB.search(text, opened, match.start()) else match.end()
    if kind == "item":
        return match.start("item")
    return match.start("gap") if _may_open(match["next"]) and not _part_of_something(text, opened, match) else None


def _part_of_something(text: str, opened: int, match: re.Match[str]) -> bool:
    """Whether the stop is no end at all: a decimal, a marker, an abbreviation."""
    at = match.start()
    if match["close"] == ")" and _START_MARKER.fullmatch(text, opened, at):
        return True  # "ii.) On 4 February": a marker in two styles
    if match["note"] and text[at - 1].isdigit() and not _LONG_NUMBER.search(text, opened, at):
        return True  # "para 5.19", "at 10.00": only after "2015." or "1,500." can the figures be a footnote's
    return match["stop"] == "." and not match["close"] and not match["reference"] and _belongs(text, opened, match)


def _may_open(following: str) -> bool:
    """A sentence opens with a capital, a figure, a bullet or a list marker; quotes and brackets aside."""
    bare = following.lstrip(_OPEN)
    if not bare:
        return True
    if bare[0].islower():
        return bool(re.match(r"[a-z]{1,4}[.)](?:\)|$)|[a-z]\)", bare)) and not re.match(r"(?:eg|ie|cf|s|p|pp)\.", bare)
    return bare[0].isalnum() or bare[0] in "•▪●◦‣∙-–—−[£$€#…*"


def _belongs(text: str, opened: int, match: re.Match[str]) -> bool:
    """Whether a single full stop is part of what stands before it: an abbreviation, an initial, a marker."""
    at = match.start()
    if _START_MARKER.fullmatch(text, opened, at):
        return True
    found = _WORD_BEFORE.search(text, max(opened, at - 24), at)
    if found is None:
        return False
    word = found.group().lstrip("'’-.").lower()
    following = _NEXT_WORD.match(match["next"])
    after = following.group(1) if following else ""
    if word in _BINDING:
        return not (word in {"s", "v", "c", "r"} and after.lower() in _OPENERS)
    if word in _BEFORE_FIGURES and after[:1].isdigit():
        return True
    initial = len(word) == 1 and found.group()[-1].isupper()
    undecided = initial or word in _AMBIGUOUS or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word) is not None
    return undecided and after.lower().rstrip(".") not in _OPENERS
