"""One query language, parsed once into one tree for every back end.

    strip search child            adjacent words: short queries need every word, longer ones most of them
    "body worn video"             these words, in this order, as written (no stemming)
    "whatsapp group"~5            each within five words of the next
    camera AND (lost OR deleted)  operators are upper case; AND binds tighter than OR
    custody -juvenile             without; NOT juvenile is the same
    investigat*   whatsap~1       words that begin so; words one slip away
    role:finding,recommendation   any of these roles; also theme: force: source: investigation: report: decision:
    year:2019..2022  page:12      a range or a number; either end may be left out

Free text never fails: brackets without a partner, single quotes, operators without a side and unknown names before
a colon are read as ordinary words. What can fail is a condition that cannot be meant, and the error points at it.
"""

from index.query.hints import hints
from index.query.parser import parse
from index.query.tree import Both, Condition, Either, Everything, Loose, Node, Phrase, Without, Word, sought, telling

__all__ = [
    "Both",
    "Condition",
    "Either",
    "Everything",
    "Loose",
    "Node",
    "Phrase",
    "Without",
    "Word",
    "hints",
    "parse",
    "sought",
    "telling",
]
