"""HTML pages into blocks: the article's body, without navigation, cookie notices and hidden glossaries."""

import re
from collections.abc import Iterator
from typing import Any

from extractors.errors import EmptyDocument
from extractors.formats.building import Builder, clean
from extractors.formats.html_about import meta, published_on, site
from extractors.records import Reading

_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "form",
        "button",
        "select",
        "input",
        "textarea",
        "nav",
        "footer",
        "aside",
        "dialog",
        "object",
        "embed",
        "head",
        "link",
        "meta",
        "audio",
        "video",
        "map",
        "canvas",
    ]
)
_NOISE = re.compile(
    r"(?:^|[\s_-])(?:cookies?|navigation|navbar|nav|menu|breadcrumbs?|footer|site-header|masthead|skip-?link|skip|share|social|sharing|pager|pagination|"
    r"tooltip|taxonomy-tooltip|glossary-tooltip|visually-hidden|visuallyhidden|element-invisible|sr-only|hidden|print-link|feedback|related|sidebar|"
    r"search-form|block-search|user-bar|debug|contents-list|gem-c-contents|toc|admin|toolbar|messages--status|back-to-top|contextual|newsletter|subscribe|author-block)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BODY = (
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' govspeak ')]",
    "//article",
    "//main",
    "//*[@role='main']",
    "//*[@id='main-content']",
    "//*[@id='content']",
    "//body",
)
_BLOCKS = frozenset(
    [
        "p",
        "div",
        "section",
        "article",
        "main",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "table",
        "blockquote",
        "pre",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "figure",
        "figcaption",
        "header",
        "address",
        "details",
        "summary",
        "fieldset",
        "center",
        "body",
        "hr",
        "tr",
    ]
)
_HEADINGS = {f"h{n}": n for n in range(1, 7)}


def read_html(data: bytes, name: str) -> Reading:
    """Read a page.

    Args:
        data: the page's bytes; the encoding is taken from the page where it names one.
        name: for messages.

    Raises:
        EmptyDocument: nothing to read is left when the page's furniture is gone.
    """
    root = _parse(data)
    reading = None if root is None else _read_tree(root)
    if reading is None or not reading.blocks:
        raise EmptyDocument(f"{name} holds no text besides navigation.")
    return reading


def read_fragment(html: str) -> Reading:
    """Read a piece of HTML, such as the body that GOV.UK's content API gives; it may come out empty."""
    root = _parse(f"<html><body><main>{html}</main></body></html>".encode())
    return Reading(blocks=()) if root is None else _read_tree(root)


def _parse(data: bytes) -> Any:
    from lxml import etree
    from lxml import html as lxml_html

    encoding = None
    try:
        data.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = None
    parser = lxml_html.HTMLParser(encoding=encoding, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        return lxml_html.document_fromstring(data, parser=parser)
    except (etree.ParserError, ValueError):
        return None


def _read_tree(root: Any) -> Reading:
    title, published, publisher = (
        _title(root),
        published_on(root),
        meta(root, "og:site_name", "author-organisation", "dcterms.publisher") or site(root),
    )
    builder = Builder()
    body = _body(root)
    heading = next((clean(_text(h)) for h in root.iter("h1") if clean(_text(h))), "")
    if heading and not any(clean(_text(h)) == heading for h in body.iter("h1")):
        builder.heading(heading, 1)
    _walk(body, builder, 0)
    return Reading(blocks=tuple(builder.blocks), title=title, publisher=publisher, published=published)


def _body(root: Any) -> Any:
    """The element that holds the article: the most telling one with at least half of the page's words."""
    found = [(path, root.xpath(path)) for path in _BODY]
    lengths = [sum(len(_visible(f)) for f in elements) for _, elements in found]
    needed = 0.5 * max(lengths, default=0)
    for (_, elements), length in zip(found, lengths, strict=True):
        if elements and length and length >= needed:
            return elements[0] if len(elements) == 1 else _common(elements)
    return root


def _common(found: list[Any]) -> Any:
    """The nearest element that holds all of *found*."""
    lines = [[*list(f.iterancestors())[::-1], f] for f in found]
    shared = None
    for level in zip(*lines, strict=False):
        if all(e is level[0] for e in level):
            shared = level[0]
    return shared if shared is not None else found[0]


def dropped(element: Any) -> bool:
    """Whether an element is furniture of the page or hidden from readers."""
    if not isinstance(element.tag, str) or element.tag in _DROPPED:
        return True
    get = element.get
    if (
        get("hidden") is not None
        or get("aria-hidden") == "true"
        or get("role") in ("navigation", "banner", "contentinfo", "search", "tooltip", "dialog")
    ):
        return True
    style = (get("style") or "").replace(" ", "").lower()
    if "display:none" in style or "visibility:hidden" in style:
        return True
    names = f"{get('class') or ''} {get('id') or ''}"
    return element.tag not in ("body", "html", "main", "article", "p", "h1", "h2", "h3") and bool(_NOISE.search(names))


def _visible(element: Any) -> str:
    return clean(_text(element))


def _text(element: Any) -> str:
    """Text of an element without what is dropped, footnote marks left out."""
    return "".join(_texts(element))


def _texts(element: Any) -> Iterator[str]:
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str) and not dropped(child) and not _is_mark(child):
            if child.tag == "br" or child.tag in _BLOCKS:
                yield "\n"
            yield from _texts(child)
            if child.tag in _BLOCKS:
                yield "\n"
        if child.tail:
            yield child.tail


def _is_mark(element: Any) -> bool:
    if element.tag != "sup":
        return False
    text = "".join(element.itertext()).strip()
    return bool(re.fullmatch(r"\[?(?:footnote )?\d{1,3}\]?|[*†‡]", text)) and (
        element.find(".//a") is not None or "footnote" in str(element.get("id") or "").lower()
    )


def _walk(element: Any, builder: Builder, depth: int) -> None:
    """Blocks of an element's children; text that stands between blocks becomes paragraphs of its own."""
    loose: list[str] = [element.text or ""]

    def flush() -> None:
        text = "".join(loose)
        loose.clear()
        for part in re.split(r"\n\s*\n", text):
            builder.paragraph(part)

    for child in element:
        if isinstance(child.tag, str) and not dropped(child):
            if _leads_in(child):
                flush()
                loose.append(_visible(child).rstrip(":") + ": ")
            elif child.tag in _BLOCKS:
                flush()
                _block(child, builder, depth)
            elif child.tag == "br":
                loose.append("\n")
            elif any(g.tag in _BLOCKS for g in child.iter() if isinstance(g.tag, str)):
                flush()
                _walk(child, builder, depth)
            elif not _is_mark(child):
                loose.append(_text(child))
        loose.append(child.tail or "")
    flush()


def _leads_in(element: Any) -> bool:
    """A field's label whose value follows on as bare text, as Drupal prints fields."""
    if "field-label" not in str(element.get("class") or ""):
        return False
    follower = element.getnext()
    return bool((element.tail or "").strip()) or (follower is not None and follower.tag not in _BLOCKS)


def _block(element: Any, builder: Builder, depth: int) -> None:
    tag = element.tag
    names = f"{element.get('class') or ''}"
    if tag in _HEADINGS:
        builder.heading(_text(element), _HEADINGS[tag])
    elif tag in ("ul", "ol"):
        _list(element, builder, depth)
    elif tag == "table":
        _table(element, builder)
    elif tag == "figcaption":
        builder.caption(_text(element))
    elif tag == "dl":
        _definitions(element, builder)
    elif tag in ("p", "pre", "dt", "dd", "summary", "address") and not _has_blocks(element):
        builder.paragraph(_text(element), raw=_text(element).strip())
    elif "field-label" in names:
        builder.heading(_text(element), 3)
    else:
        _walk(element, builder, depth)


def _has_blocks(element: Any) -> bool:
    return any(isinstance(g.tag, str) and g.tag in _BLOCKS for g in element.iterdescendants())


def _list(element: Any, builder: Builder, depth: int) -> None:
    footnotes = (
        "footnote"
        in f"{element.get('class') or ''} {element.getparent().get('class') if element.getparent() is not None else ''}"
    )
    count = int(element.get("start") or 1) if str(element.get("start") or "1").isdecimal() else 1
    for item in element.iterchildren("li"):
        if dropped(item):
            continue
        inner = [c for c in item.iterdescendants() if c.tag in ("ul", "ol", "table") and _list_parent(c) is item]
        text = _own_text(item, inner)
        if footnotes:
            builder.note(text.replace("↩", ""), str(count))
        elif element.tag == "ol":
            builder.item(text, f"{count}.", depth + 1, number=str(count))
        else:
            builder.item(text, "•", depth + 1)
        count += 1
        for part in inner:
            if part.tag == "table":
                _table(part, builder)
            else:
                _list(part, builder, depth + 1)


def _list_parent(element: Any) -> Any:
    parent = element.getparent()
    while parent is not None and parent.tag not in ("li", "td"):
        parent = parent.getparent()
    return parent


def _own_text(item: Any, inner: list[Any]) -> str:
    parts: list[str] = []

    def visit(element: Any) -> None:
        parts.append(element.text or "")
        for child in element:
            if (
                isinstance(child.tag, str)
                and not dropped(child)
                and not _is_mark(child)
                and not any(child is part for part in inner)
            ):
                if child.tag in _BLOCKS or child.tag == "br":
                    parts.append(" ")
                visit(child)
            parts.append(child.tail or "")

    visit(item)
    return "".join(parts)


def _definitions(element: Any, builder: Builder) -> None:
    term = ""
    for child in element.iterchildren("dt", "dd"):
        if dropped(child):
            continue
        if child.tag == "dt":
            term = clean(_text(child))
        else:
            text = clean(_text(child))
            builder.paragraph(f"{term.rstrip(':')}: {text}" if term else text)


def _table(element: Any, builder: Builder) -> None:
    caption = element.find("caption")
    if caption is not None:
        builder.caption(_text(caption))
    rows = [[_text(c) for c in row.iterchildren("td", "th")] for row in element.iter("tr") if not dropped(row)]
    if max((len(r) for r in rows), default=0) <= 1:
        for row in element.iter("td"):
            _walk(row, builder, 0)
        return
    builder.table(rows)


def _title(root: Any) -> str | None:
    for heading in root.iter("h1"):
        text = clean(_text(heading))
        if text:
            return text
    named = meta(root, "og:title", "dcterms.title", "dc.title")
    if named:
        return named
    title = root.find(".//title")
    return clean(re.split(r"\s+[|\u2013-]\s+", title.text_content())[0]) or None if title is not None else None
