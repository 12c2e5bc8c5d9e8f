"""Answers of GOV.UK's content API: JSON that holds a page's body as HTML, with its title, publisher and day."""

from typing import Any, cast

from extractors.dates import first_date
from extractors.errors import BadRecord, EmptyDocument
from extractors.formats.building import clean
from extractors.formats.html import read_fragment
from extractors.formats.text import decode, parsed
from extractors.records import Reading


def read_govuk(data: bytes, name: str) -> Reading:
    """Read the body of one page; what a withdrawn page says about its withdrawal stands before it, as on the site.

    Args:
        data: the answer.
        name: for messages.

    Raises:
        BadRecord: it is no JSON object.
        EmptyDocument: the page has no body, as lists of links and attachments have none.
    """
    try:
        page = parsed(decode(data))
    except (ValueError, RecursionError):
        page = None
    if not isinstance(page, dict):
        raise BadRecord(f"{name} is no answer of GOV.UK's content API that can be read.")
    fields = cast("dict[str, Any]", page)
    reading = read_fragment(_html(_inner(fields, "withdrawn_notice", "explanation")) + _html(_body(fields)))
    if not reading.blocks:
        raise EmptyDocument(f"{name} has no text of its own; what it links or attaches is to be read by itself.")
    return reading.replaced(
        title=_said(fields.get("title")),
        publisher=_publisher(fields),
        published=first_date(str(fields.get("first_published_at") or fields.get("public_updated_at") or "")),
    )


def _inner(fields: dict[str, Any], *names: str) -> Any:
    found: Any = fields
    for name in names:
        found = cast("dict[str, Any]", found).get(name) if isinstance(found, dict) else None
    return found


def _body(fields: dict[str, Any]) -> Any:
    """The body as HTML: a string, or the one of several versions that is HTML."""
    body = _inner(fields, "details", "body")
    if not isinstance(body, list):
        return body
    parts = (cast("dict[str, Any]", part) for part in cast("list[Any]", body) if isinstance(part, dict))
    return next((part.get("content") for part in parts if part.get("content_type") == "text/html"), None)


def _html(found: Any) -> str:
    return found if isinstance(found, str) else ""


def _said(found: Any) -> str | None:
    return clean(found) or None if isinstance(found, str) else None


def _publisher(fields: dict[str, Any]) -> str | None:
    """The first organisation that the page belongs to."""
    bodies = _inner(fields, "links", "organisations")
    first = cast("list[Any]", bodies)[0] if isinstance(bodies, list) and bodies else None
    return _said(_inner(cast("dict[str, Any]", first), "title")) if isinstance(first, dict) else None
