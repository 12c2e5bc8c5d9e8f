"""Which part of an answer is wanted, and cursors, which say where the next part begins.

A cursor belongs to one query and one generation: pages that follow it neither lose nor double a hit, however deep.
"""

import base64
import hashlib
import json
from dataclasses import dataclass, replace
from typing import Any

from extractors.errors import UsageError
from index.protocol import Filters, Mode, Sort

DEEPEST = 100_000
"""How far an answer can be opened by offset. Beyond it one follows cursors."""

_AGAIN = "Ask again from the first page."


@dataclass(frozen=True, slots=True)
class Page:
    """A part of an answer, for back ends."""

    limit: int
    offset: int = 0
    sort: Sort = "relevance"
    last: tuple[Any, ...] = ()
    """What the hit before was sorted by, where the back end noted it in the cursor."""
    asked: str = ""

    def wider(self, more: int) -> "Page":
        """The same with more hits, where any are wanted."""
        return replace(self, limit=self.limit + more) if self.limit else self

    def following(self, generation: str, shown: int, total: int, last: tuple[Any, ...] = ()) -> str | None:
        """The cursor of the page after one that goes through so many hits; None at the end."""
        seen = self.offset + shown
        if not shown or seen >= total:
            return None
        held = json.dumps([generation, self.asked, seen, last], separators=(",", ":"))
        return base64.urlsafe_b64encode(held.encode()).decode()


def page(
    query: str, filters: Filters, limit: int, offset: int, sort: Sort, after: str | None, generation: str, mode: Mode
) -> Page:
    """The page that a search asks for.

    Raises:
        UsageError: the cursor is of another query or generation, or the offset too deep.
    """
    asked = hashlib.sha256(f"{query}\0{filters.model_dump_json()}\0{sort}\0{mode}".encode()).hexdigest()[:16]
    if after is None:
        if offset > DEEPEST:
            raise UsageError(f"An answer opens by offset up to {DEEPEST:,}.", mend="Follow the cursors beyond it.")
        return Page(limit, offset, sort, (), asked)
    made_for, made_by, seen, last = _opened(after)
    if made_by != asked:
        raise UsageError("This cursor belongs to another query.", mend=_AGAIN)
    if made_for != generation:
        raise UsageError(f"This cursor belongs to generation {made_for}; {generation} is served now.", mend=_AGAIN)
    return Page(limit, seen, sort, tuple(last), asked)


def _opened(cursor: str) -> tuple[str, str, int, list[Any]]:
    try:
        generation, asked, seen, last = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return str(generation), str(asked), max(int(seen), 0), list(last)
    except (ValueError, TypeError):
        raise UsageError("This is not a cursor of an answer.", mend=_AGAIN) from None
