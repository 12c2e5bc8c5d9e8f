"""The little of WordprocessingML's XML that all of this package needs: names, values, switches."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn


def child(element: Any, *path: str) -> Any:
    """The first element at a path of names such as ``w:pPr``; None where there is none."""
    for name in path:
        if element is None:
            return None
        element = element.find(qn(name))
    return element


def value(element: Any, *path: str, of: str = "w:val") -> str | None:
    """An attribute of the element at a path; None where either is missing."""
    found = child(element, *path)
    return None if found is None else found.get(qn(of))


def number(element: Any, *path: str) -> int | None:
    """A value as a whole number; None where it is missing or none."""
    text = value(element, *path)
    return int(text) if text is not None and text.lstrip("-").isdecimal() else None


def switched(element: Any, *path: str) -> bool | None:
    """A switch such as ``w:b``: on, off, or None where it is not mentioned."""
    if child(element, *path) is None:
        return None
    return value(element, *path) not in ("0", "false", "off", "none")


def local(element: Any) -> str:
    """An element's name without its namespace; empty for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def seen(element: Any) -> Iterator[Any]:
    """Children as a current Word shows them: of alternatives the choice, of controls and changes what they hold."""
    for item in element:
        name = local(item)
        if name == "AlternateContent":
            choice = item.find("{*}Choice")
            yield from seen(item.find("{*}Fallback") if choice is None else choice)
        elif name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"):
            yield from seen(item)
        elif name not in ("", "del", "moveFrom", "Fallback"):
            yield item
