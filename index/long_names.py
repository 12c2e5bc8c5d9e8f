"""Names of several words as terms of their own.

The vocabulary brings dozens of names into a query. Sought as phrases each costs a walk through the places of its
words, and one that holds "of" or "police" a long one. So every text is read for them once, when it is indexed, and
each name that stands in it is a term beside the text. A generation keeps the list it was begun with: names that are
not in it, such as those of a row added since, are sought as phrases.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from index.analysis import stem
from index.vocabulary import long_names

FIELD = "names"
FILLER = "."
"""Stands in the field as often as ``EACH`` goes into the length of the text: so the field of a longer text is longer, a
name counts less in it, and no text lacks the field (some engines leave such out when they count)."""
EACH = 10
"""Characters."""
_END, _AFTER = "", " "


class LongNames:
    """Names of several words, each written as its stems joined by low lines.

    Args:
        listed: the names.
    """

    def __init__(self, listed: Iterable[str] = ()) -> None:
        self._held = frozenset(listed)
        self.listed = tuple(sorted(self._held))
        self._begun: dict[str, dict[str, Any]] = {}
        for name in self.listed:
            node: dict[str, Any] = self._begun
            for term in name.split("_"):
                node = node.setdefault(term, {})
            node[_END] = name

    @staticmethod
    def current() -> "LongNames":
        """Those that the vocabulary may bring into a query today: what a new generation begins with."""
        return LongNames(map(named, long_names()))

    def __contains__(self, name: object) -> bool:
        return name in self._held

    def within(self, said: Sequence[str]) -> list[str]:
        """The names among the stems of a text, in order, each as often as it stands there, also within others.

        Examples:
            >>> LongNames(["use_of_forc"]).within(["polic", "use", "of", "forc"])
            ['use_of_forc']
        """
        terms, found = [*said, _AFTER], list[str]()
        for start, begun in [one for one in enumerate(map(self._begun.get, said), 1) if one[1]]:
            at, node = start, begun
            while node and (node := node.get(terms[at])) is not None:
                at += 1
                if _END in node:
                    found.append(node[_END])
        return found


def field(text: str, found: Iterable[str]) -> str:
    """What the field of names holds for *text*: the names *found* in it and what makes up its length."""
    return " ".join((*[FILLER] * (1 + len(text) // EACH), *found))


def named(name: str) -> str:
    """The term of a name, as the query language writes one.

    Examples:
        >>> named("use-of-force")
        'use_of_forc'
    """
    return "_".join(map(stem, name.split("-")))
