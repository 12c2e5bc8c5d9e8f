"""Names of generations: a counter that only grows, and a digest of what is held, for a citable rerun."""

import hashlib
from collections.abc import Mapping

from extractors.errors import IndexFault
from extractors.records import Maker


def generation_name(number: int, digests: Mapping[str, str]) -> str:
    """The name of the *number*-th generation, which holds reports with these digests, by id.

    Examples:
        >>> generation_name(3, {}) == generation_name(3, {}), generation_name(3, {"a": "1"})[:7]
        (True, '000003-')
    """
    whole = hashlib.sha256()
    for report, held in sorted(digests.items()):
        whole.update(f"{report}\0{held}\n".encode())
    return f"{number:06d}-{whole.hexdigest()[:12]}"


def maker_name(maker: Maker) -> str:
    """A tagger as it is cited.

    Examples:
        >>> maker_name(Maker(name="tagger", revision="3f2a"))
        'tagger@3f2a'
    """
    return f"{maker.name}@{maker.revision}"


def damaged(generation: str) -> IndexFault:
    """The error of a generation that cannot be read."""
    mend = "Move the index folder away and run findingaid publish: everything is in the archive."
    return IndexFault(f"Generation {generation} of the index is damaged.", mend=mend)


def outdated(generation: str) -> IndexFault:
    """The error of a generation whose fields are those of an older version."""
    mend = "Run findingaid publish: it makes the index again from what was read."
    return IndexFault(f"Generation {generation} of the index was made by an earlier version.", mend=mend)
