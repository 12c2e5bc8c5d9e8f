"""Numbered and lettered titles in the type of the text: what tells them from items is the text that they head."""

import re
from collections.abc import Sequence, Set
from itertools import pairwise

from extractors.formats.pdf.drafts import BESIDE_TEXT, Draft
from extractors.formats.pdf.geometry import Line
from extractors.formats.pdf.schemes import Step, comes_next, steps_of
from extractors.records import BlockKind

_TEXT = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)
_LABELS = ("number", "plain", "letter")
_SAYS = re.compile(
    r"\b(?:shall|must|should|may|will|would|can|cannot|could|might|is|are|was|were|be|been|has|have|had|do|does|did|not|"
    r"who|which|that|if|when|whenever|where|unless|you|your|they|them)\b",
    re.IGNORECASE,
)
"""Words of sentences, which titles seldom hold."""
_DANGLING = re.compile(
    r"\b(?:an?|the|and|or|of|to|in|on|at|by|for|from|with|as|into|including|his|her|their|its)$", re.IGNORECASE
)
"""Words that a line cut off in its sentence may end with, and a title does not."""
_MOST_WORDS, _MOST_WORDS_OF_NEXT = 11, 16
"""Words of a title, and of one right after a title in its numbering."""
_EARLY = 0.25
"""Share of the measure that a title leaves empty where its text begins on the next line."""
_SHORTEST_TEXT = 40
_LEAD_IN = re.compile(r"\s[-–—]\s+(?:\S+\s+){3}")
"""A term and a dash before more than three words, which say something of it."""
_SENTENCE = re.compile(r"[.;:!?][\"'’”)\]]*\d{0,3}$")


def find(drafts: Sequence[Draft]) -> set[int]:
    """Places of the short numbered or lettered lines that title what stands below them.

    Below such a title text is set in, or the first entry of a numbering of its own begins ("B. Firing at vehicles",
    "1. Officers should …"); that is prose or such a title itself. What comes among its own kind stays an item.

    Args:
        drafts: of the document, in order; notes and furniture are passed over.
    """
    found: set[int] = set()
    after: int | None = None
    for place in range(len(drafts) - 1, -1, -1):
        draft = drafts[place]
        if draft.kind in BESIDE_TEXT:
            continue
        if after is not None and _may_title(draft) and _heads(draft, drafts[after], titled=after in found):
            found.add(place)
        after = place
    found = {place for place in found if not _listed(place, drafts, found)}
    return found | _next_titles(drafts, found)


def items(drafts: Sequence[Draft], plainly: Set[int], titled: Set[int]) -> set[int]:
    """Places of *plainly* set titles that are items all the same: a colon leads them in, and the next titles nothing.

    Args:
        drafts: of the document, in order; notes and furniture are passed over.
        plainly: places of the titles whose type does not tell them from text.
        titled: places of all titles.
    """
    text = _in_text(drafts)
    led = [
        n
        for n, (above, place) in enumerate(pairwise(text), 1)
        if place in plainly and above not in titled and _leads_in(drafts[above], drafts[place])
    ]
    return {text[n] for n in led if _untitled_next(drafts[text[n]], text[n + 1 :], drafts, titled)}


def _in_text(drafts: Sequence[Draft]) -> list[int]:
    """Places of all that stands in the text, in order."""
    return [place for place, draft in enumerate(drafts) if draft.kind not in BESIDE_TEXT]


def _leads_in(above: Draft, draft: Draft) -> bool:
    """Whether a sentence that ends with a colon stands above the first of a numbering."""
    led = above.kind in _TEXT and above.said.endswith(":") and _is_prose(above)
    return led and any(step.value == 1 for step in steps_of(draft.label))


def _untitled_next(own: Draft, below: Sequence[int], drafts: Sequence[Draft], titled: Set[int]) -> bool:
    """Whether what comes next in a numbering among the places *below*, at the same margin, is no title."""
    for other in below:
        if abs(drafts[other].lines[0].x0 - own.lines[0].x0) < 2 and drafts[other].label:
            return comes_next(own.label, drafts[other].label) and other not in titled
    return False


def cut(draft: Draft) -> list[list[Line]]:
    """The lines of a numbered block, a title on its first line parted from the text that begins below it.

    Where text flows, a line ends because the next word no longer fits. A first line of a few words that ends long
    before, over a line that begins a sentence and is longer, was ended on purpose.
    """
    lines = draft.lines
    first = Draft(draft.kind, lines[:1], label=draft.label, label_kind=draft.label_kind)
    if len(lines) < 2 or first.bold or not _may_title(first) or not _above_its_text(lines[0], lines):
        return [lines]
    return [lines[:1], lines[1:]]


def _above_its_text(title: Line, lines: Sequence[Line]) -> bool:
    below, right = lines[1], max(line.x1 for line in lines)
    early = right - title.x1 > _EARLY * (right - title.x0) and below.x1 > title.x1
    return early and below.text[0].isupper() and len(below.words) > 3 and _in_words(below.text)


def _in_words(text: str) -> bool:
    return sum(map(str.isalpha, text)) > 0.7 * len(text)


def _text(draft: Draft) -> str:
    return " ".join(w.text for line in draft.lines for w in line.words[line.label_words :] if not w.raised)


def _next_titles(drafts: Sequence[Draft], found: Set[int]) -> set[int]:
    """Places of what comes right after a title in its numbering, at its margin, and would be one but for how it ends.

    A full stop or a colon may end it, and a table may stand below it.
    """
    text = _in_text(drafts)
    last: dict[int, Draft] = {}
    added: set[int] = set()
    for above, place, below in zip([None, *text], text, [*text[1:], None], strict=False):
        draft, after = drafts[place], None if below is None else drafts[below]
        if draft.kind not in _TEXT or not draft.label:
            continue
        margin = round(draft.lines[0].x0)
        before = last.pop(margin, None)
        if before is not None and comes_next(before.label, draft.label) and _goes_on(draft, after):
            added.add(place)
        led = above is not None and above not in found and _leads_in(drafts[above], draft)
        if (place in found and not led) or place in added:
            last[margin] = draft
    return added


def _goes_on(draft: Draft, after: Draft | None) -> bool:
    """Whether a block may title what stands below it, where one before it in its numbering titles its own."""
    if after is None or not _may_title(draft, after_title=True):
        return False
    if after.rows:
        return draft.page == after.page
    return _text(draft).endswith((".", ":")) and _heads(draft, after, titled=False)


def _may_title(draft: Draft, *, after_title: bool = False) -> bool:
    """Whether a block is a few words with a number or letter before them, and no sentence or part of one.

    Args:
        draft: the block.
        after_title: whether it comes right after a title in its numbering: then it may be longer and end with a sign.
    """
    if draft.kind not in _TEXT or draft.rows or draft.label_kind not in _LABELS or len(draft.lines) > 2:
        return False
    text = _text(draft)
    if after_title:
        text = text.removesuffix(".").removesuffix(":")
    most = _MOST_WORDS_OF_NEXT if after_title else _MOST_WORDS
    if not 4 < len(text) < 100 or text.count(" ") >= most or not (text[0].isupper() or draft.label.isupper()):
        return False
    if text[-1] in ".;,:?!-–—" or text.count("(") != text.count(")") or not _in_words(text):
        return False
    return not any(sign.search(text) for sign in (_DANGLING, _SAYS, _LEAD_IN))


def _heads(draft: Draft, after: Draft, *, titled: bool) -> bool:
    if after.kind not in _TEXT or after.rows or not draft.page <= after.page <= draft.page + 1:
        return False
    if not (titled or _is_prose(after)) or _runs_on(draft, after):
        return False
    first, below = draft.lines[0], after.lines[0]
    if not after.label:
        set_in = below.x0 > first.x0 + 0.8 * draft.size or _right_above(draft, after)
        return set_in and below.text[0].isupper()
    own, new = steps_of(draft.label), steps_of(after.label)
    inner = below.x0 > first.x0 - 2 and not comes_next(draft.label, after.label)
    return inner and any(_first_within(step, own) for step in new)


def _right_above(draft: Draft, after: Draft) -> bool:
    """Whether a line was cut from the text below it, at the same margin."""
    last, below = draft.lines[-1], after.lines[0]
    step = below.base - last.base
    return 0 < step < 1.5 * draft.size and below.x0 > last.x0 - 2 and _above_its_text(last, [last, *after.lines])


def _first_within(step: Step, own: Sequence[Step]) -> bool:
    return step.value == 1 and all(step.scheme != o.scheme for o in own)


def _is_prose(draft: Draft) -> bool:
    """Whether a block says something: a sentence, or a good deal of words."""
    text = _text(draft)
    return len(draft.lines) > 1 or len(text) > 2 * _SHORTEST_TEXT or (len(text) >= 20 and bool(_SENTENCE.search(text)))


def _runs_on(draft: Draft, after: Draft) -> bool:
    """Whether the first word below would not have fitted on the line: then it may be cut off."""
    last, first = draft.lines[-1], after.lines[0].words[0]
    right = max(line.x1 for line in [*draft.lines, *after.lines])
    return last.x1 + (first.x1 - first.x0) + last.size > right


def _listed(place: int, drafts: Sequence[Draft], found: set[int]) -> bool:
    """Whether a block comes right after one like it, numbered just before it, which titles nothing."""
    above = next((i for i in range(place - 1, -1, -1) if drafts[i].kind in _TEXT), None)
    if above is None or above in found or not _may_title(drafts[above]):
        return False
    return comes_next(drafts[above].label, drafts[place].label)
