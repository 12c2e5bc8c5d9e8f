"""Police forces and the bodies around them, with every name they go by.

The names are data (``gazetteer.toml``). A force is found under its full name, its usual variants ("Kent Police",
"Kent Constabulary", "the Chief Constable of Kent"), its abbreviation, or one of several counties that share a
suffix ("Norfolk and Suffolk Constabularies"); never by its county alone.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import Field

from extractors.entities.phrases import Phrases
from extractors.records import Entity, EntityKind, Record

_SUFFIXES = ("Police", "Constabulary", "Police Service", "Police Force", "County Constabulary", "Constabularies")


class Named(Record):
    """A force or body and the names it goes by."""

    name: str
    kind: str = "territorial"
    area: str | None = None
    aliases: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    context: str | None = None
    former: tuple[str, ...] = Field((), description="Earlier names of the same force or body.")
    since: int | None = Field(None, description="The year it began, under whatever name.")
    until: date | None = Field(None, description="Its last day, where it is no more.")
    successor: str | None = None

    def names(self) -> Iterator[str]:
        """Every name that may be written in any case."""
        yield self.name
        yield from self.aliases
        yield from self.former
        if self.area:
            for area in {self.area, self.area.replace(" and ", " & ")}:
                for full in (f"{area} {suffix}" for suffix in _SUFFIXES):
                    yield full
                    yield f"Chief Constable of {full}"
                yield f"Chief Constable of {area}"
        if " & " in self.name:
            yield self.name.replace(" & ", " and ")


def _load() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(files("extractors.entities").joinpath("gazetteer.toml").read_text("utf-8"))


_DATA = _load()
FORCES: tuple[Named, ...] = tuple(Named.model_validate(row) for row in _DATA["force"])
BODIES: tuple[Named, ...] = tuple(Named.model_validate(row) for row in _DATA["body"])
_BY_KIND = {EntityKind.FORCE: FORCES, EntityKind.BODY: BODIES}


def folded(name: str) -> str:
    """A name as it is compared: no case, no "the", blanks for hyphens, plain apostrophes.

    Examples:
        >>> folded("The Dyfed-Powys  Police")
        'dyfed powys police'
    """
    plain = re.sub(r"[\s\-‐‑–]+", " ", name.replace("’", "'").replace("&", "and")).strip(" .,").casefold()
    return plain.removeprefix("the ")


def add(forces: Iterable[Named] = (), bodies: Iterable[Named] = ()) -> None:
    """Know further forces and bodies from now on, in this process, before the built-in ones."""
    for kind, entries in ((EntityKind.FORCE, forces), (EntityKind.BODY, bodies)):
        known = _BY_KIND[kind]
        _BY_KIND[kind] = (*(entry for entry in entries if entry not in known), *known)
    _lookup.cache_clear()
    _phrases.cache_clear()


@cache
def _lookup(kind: EntityKind) -> dict[str, Named]:
    """Folded name to force or body; the earlier entry of the gazetteer wins."""
    table: dict[str, Named] = {}
    for entry in _BY_KIND[kind]:
        for name in (*entry.names(), *entry.exact):
            table.setdefault(folded(name), entry)
    return table


def resolve_force(name: str) -> str | None:
    """The gazetteer's name of a force under any of its names, or None. A county alone is no force.

    Examples:
        >>> resolve_force("the Met"), resolve_force("Hampshire Constabulary"), resolve_force("Kent")
        ('Metropolitan Police Service', 'Hampshire and Isle of Wight Constabulary', None)
    """
    key = folded(name)
    entry = _lookup(EntityKind.FORCE).get("metropolitan police" if key == "met" else key)
    return entry.name if entry else None


def near_force(name: str) -> str | None:
    """The force whose name is spelt nearest to one that is not known, or None.

    Examples:
        >>> near_force("Essecs Police"), near_force("a name like no other")
        ('Essex Police', None)
    """
    table = _lookup(EntityKind.FORCE)
    near = get_close_matches(folded(name), table, n=1, cutoff=0.75)
    return table[near[0]].name if near else None


def resolve_body(name: str) -> str | None:
    """The gazetteer's name of a body under any of its names, or None.

    Examples:
        >>> resolve_body("IOPC")
        'Independent Office for Police Conduct'
    """
    entry = _lookup(EntityKind.BODY).get(folded(name))
    return entry.name if entry else None


# A force's name that goes on is something else: its commissioner, its federation, its museum.
_GOES_ON = re.compile(
    r"\s+(?:(?:and|&)\s+(?:Fire\s+and\s+)?Crime|Federation|Authority|Museum|Academy\s+Trust)\b", re.IGNORECASE
)


@cache
def _phrases() -> Phrases[tuple[EntityKind, Named]]:
    """Forces and bodies in one, so that a body whose name opens with a force's is the body."""
    entries = [(kind, entry) for kind in _BY_KIND for entry in _BY_KIND[kind][::-1]]
    return Phrases(
        {name: (kind, entry) for kind, entry in entries for name in entry.names()},
        {name: (kind, entry) for kind, entry in entries for name in entry.exact},
    )


_SPECIAL = tuple(
    (re.compile(rf"(?<![\w-]){pattern}\b"), kind, entry.name)
    for kind, entries in _BY_KIND.items()
    for entry in entries
    for pattern in entry.patterns
)


_COUNTIES = re.compile(r"(?:and|&)\s+[A-Z]\w+(?:[\s-][A-Z]\w+)?\s+(?:[Pp]olice|[Cc]onstab)")


@cache
def _shared_suffix() -> re.Pattern[str]:
    """The first of several counties before one suffix: "Norfolk" in "Norfolk and Suffolk Constabularies"."""
    area = "(?:" + "|".join(sorted((re.escape(f.area) for f in FORCES if f.area), key=len, reverse=True)) + ")"
    return re.compile(rf"\b({area})(?=(?:,\s+{area})*,?\s+(?:and|&)\s+{area}\s+(?:[Pp]olice|[Cc]onstabular))")


def named_entities(text: str) -> Iterator[Entity]:
    """Forces and bodies named in *text*; they may overlap."""
    for match, (kind, entry) in _phrases().find(text):
        if kind is EntityKind.FORCE and _GOES_ON.match(text, match.end()):
            continue
        if entry.context and match.group() in entry.exact and not re.search(entry.context, text, re.IGNORECASE):
            continue
        yield _entity(kind, match, entry.name)
    for pattern, kind, name in _SPECIAL:
        for match in pattern.finditer(text):
            yield _entity(kind, match, name)
    for match in _shared_suffix().finditer(text) if _COUNTIES.search(text) else ():
        yield _entity(EntityKind.FORCE, match, _lookup(EntityKind.FORCE)[folded(f"{match.group()} Police")].name)


def _entity(kind: EntityKind, match: re.Match[str], name: str) -> Entity:
    return Entity(kind=kind, start=match.start(), end=match.end(), text=match.group(), name=name)
