"""An e-mail into blocks: its subject, its body; what it encloses is named and left to be read by itself."""

import re
from collections.abc import Iterator
from datetime import date
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from extractors.errors import BrokenDocument, EmptyDocument, LockedReport
from extractors.formats.building import Builder
from extractors.formats.html import read_fragment
from extractors.formats.text import add_text, decode
from extractors.records import Block, Problem, Reading

_SHOWN = ("From", "To", "Cc", "Date")
_QUOTED = re.compile(r"^(?:> ?)+", re.MULTILINE)
_SEALED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
_MAX_DEPTH = 30


def read_email(data: bytes, name: str) -> Reading:
    """Read an e-mail.

    The subject is its first heading; sender, receivers and date are furniture. Of a body given twice the HTML
    is read, which keeps lists and tables. Nothing enclosed is opened or run.

    Args:
        data: the message's bytes.
        name: for messages.

    Raises:
        LockedReport: it is encrypted.
        BrokenDocument: its parts are nested as no writer nests them.
        EmptyDocument: it says nothing.
    """
    try:
        message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(data.lstrip(b"\r\n"))
        parts = list(_parts(message))
    except (RecursionError, MessageError, AssertionError) as error:
        raise BrokenDocument(f"{name} is not built as an e-mail is.") from error
    if any(part.get_content_type() in _SEALED for part in parts):
        raise LockedReport(f"{name} is encrypted.")
    builder = Builder()
    subject = _header(message, "Subject")
    builder.heading(subject, 1)
    _furniture(message, builder)
    blocks = (*builder.blocks, *_body_blocks(parts, builder))
    if len(blocks) == len(builder.blocks) and not subject:
        raise EmptyDocument(f"{name} holds no text.")
    numbered = tuple(b.replaced(ordinal=i) for i, b in enumerate(blocks))
    problems = tuple(_enclosures(parts))
    return Reading(blocks=numbered, problems=problems, title=subject or None, published=_day(message))


def _parts(message: EmailMessage, depth: int = 0) -> Iterator[EmailMessage]:
    """The message's parts that hold something, outermost first; what a forwarded message holds is its own."""
    if depth > _MAX_DEPTH:
        raise RecursionError
    kind = message.get_content_maintype()
    if kind != "multipart" or message.get_content_type() in _SEALED:
        yield message
        return
    for part in message.iter_parts() if message.is_multipart() else ():
        if isinstance(part, EmailMessage):
            yield from _parts(part, depth + 1)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name) or "").strip()
    except (ValueError, IndexError, AttributeError, TypeError, LookupError):
        # The library's parser of structured headers breaks on some that are malformed.
        return ""


def _furniture(message: EmailMessage, builder: Builder) -> None:
    for name in _SHOWN:
        said = _header(message, name)
        if said:
            builder.furniture(f"{name}: {said}")


def _day(message: EmailMessage) -> date | None:
    try:
        return parsedate_to_datetime(_header(message, "Date")).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _enclosed(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or part.get_content_maintype() not in ("text", "image")


def _body_blocks(parts: list[EmailMessage], builder: Builder) -> Iterator[Block]:
    """Blocks of the body: its HTML where there is one, else its plain text."""
    texts = [p for p in parts if p.get_content_maintype() == "text" and not _enclosed(p)]
    pages = [p for p in texts if p.get_content_subtype() == "html"]
    for part in pages or texts:
        if part in pages:
            yield from _within(read_fragment(_content(part)).blocks, builder.section)
        else:
            plain = Builder()
            add_text(plain, _QUOTED.sub("", _content(part)))
            yield from _within(plain.blocks, builder.section)


def _within(blocks: list[Block] | tuple[Block, ...], section: tuple[str, ...]) -> Iterator[Block]:
    """The blocks under the headings in *section*."""
    for block in blocks:
        level = block.level + len(section) if block.level and block.kind == "heading" else block.level
        yield block.replaced(section=(*section, *block.section), level=level)


def _content(part: EmailMessage) -> str:
    """A part's text; where its character set is unknown or wrong, as any text is decoded."""
    try:
        said = part.get_content()
    except (LookupError, ValueError, AssertionError):
        said = None
    if isinstance(said, str):
        return said
    payload = part.get_payload(decode=True)
    return decode(payload) if isinstance(payload, bytes) else ""


def _enclosures(parts: list[EmailMessage]) -> Iterator[Problem]:
    """A problem for each file the message encloses: none is read here, so that each can be cited by its own pages."""
    for number, part in enumerate((p for p in parts if _enclosed(p)), 1):
        yield Problem(
            kind="enclosure",
            what=f"The e-mail encloses file {number} ({part.get_content_type()}), which was not read.",
            mend="Save it and read it as a document of its own.",
        )
