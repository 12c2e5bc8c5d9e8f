"""Sets a sample as a web page, with the banner, menus and footer that a reader of it must drop."""

from collections.abc import Iterator

from sourcefile import Piece, SourceFile, markup, plain
from typeset import printed

GOVERNMENT = """<!DOCTYPE html>
<html lang="en" class="govuk-template">
<head>
<meta charset="utf-8">
<title>{title} - {publisher}</title>
<link rel="canonical" href="{url}">
<meta name="govuk:first-published-at" content="{iso}T09:30:00+00:00">
<style>.gem-c-cookie-banner {{ display: block; }}</style>
<script>window.dataLayer = [{{"event": "page_view"}}];</script>
</head>
<body class="govuk-template__body">
<div id="global-cookie-message" class="gem-c-cookie-banner govuk-cookie-banner" role="region" aria-label="Cookies">
<h2 class="govuk-cookie-banner__heading">Cookies on this site</h2>
<p>We use some essential cookies to make this website work.</p>
<button type="submit">Accept additional cookies</button> <button type="submit">Reject additional cookies</button>
</div>
<a href="#content" class="govuk-skip-link">Skip to main content</a>
<header role="banner" class="gem-c-layout-super-navigation-header">
<nav aria-labelledby="menu"><ul><li><a href="/browse">Topics</a></li><li><a href="/search">Search</a></li></ul></nav>
</header>
<div class="govuk-breadcrumbs"><ol><li><a href="/">Home</a></li><li><a href="/crime">Crime and policing</a></li></ol></div>
<main role="main" id="content">
<span class="govuk-caption-xl">Independent report response</span>
<h1 class="gem-c-heading govuk-heading-xl">{title}</h1>
<p class="gem-c-published-dates">Published {day}</p>
<nav class="gem-c-contents-list" aria-label="Contents"><h2>Contents</h2><ol>{menu}</ol></nav>
<div class="gem-c-govspeak govuk-govspeak">
{body}
</div>
<div class="gem-c-print-link"><button class="govuk-link">Print this page</button></div>
</main>
<div class="gem-c-feedback"><h2>Is this page useful?</h2><button>Yes</button> <button>No</button></div>
<footer class="govuk-footer" role="contentinfo"><a href="/help/cookies">Cookies</a> <a href="/help/privacy-notice">Privacy</a>
<p>All content is invented and free to use.</p></footer>
</body>
</html>
"""

WATCHDOG = """<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<title>{title} | {publisher}</title>
<link rel="canonical" href="{url}">
</head>
<body class="node-type-recommendation">
<div id="sliding-popup" class="eu-cookie-compliance-banner"><p>This site uses cookies to store information on your computer.</p><button>Agree</button></div>
<nav class="navbar" role="navigation"><ul class="menu"><li><a href="/complain">Make a complaint</a></li><li><a href="/our-work">Our work</a></li></ul></nav>
<div class="region-content">
<article class="node node-recommendation">
<h1 class="page-header">{title}</h1>
<div class="author-block border-top"><div><p>{publisher}</p><p>{day}</p></div></div>
<div class="field article-body">
{body}
</div>
<div class="related-topic border-top">Tags <ul>{tags}</ul></div>
</article>
<aside class="block block-views"><h2>Related content</h2><ul><li><a href="/latest">Latest news</a></li></ul></aside>
</div>
<footer class="footer"><p>Follow us</p><ul><li><a href="/accessibility">Accessibility</a></li></ul></footer>
</body>
</html>
"""


def to_html(source: SourceFile) -> str:
    """The sample as its publisher's kind of web page."""
    meta = source.meta
    heads = [p for p in source.pieces if p.kind == "heading" and p.level == 1]
    page = GOVERNMENT if meta["page"] == "government" else WATCHDOG
    return page.format(
        title=markup(meta["title"]), publisher=markup(meta["publisher"]), url=meta["url"], iso=meta["published"].isoformat(), day=printed(meta["published"]),
        menu="".join(f'<li><a href="#{slug(p)}">{markup(p.text)}</a></li>' for p in heads),
        tags="".join(f'<li><a href="/tag">{tag}</a></li>' for tag in meta.get("tags", [])),
        body="\n".join(_body(source)),
    )  # fmt: skip


def slug(heading: Piece) -> str:
    """The anchor of a heading."""
    return "-".join("".join(c for c in plain(heading.text).lower() if c.isalnum() or c == " ").split())


def _body(source: SourceFile) -> Iterator[str]:
    mark = '<sup id="fnref:{0}"><a href="#fn:{0}" class="footnote">{0}</a></sup>'
    listed = ""
    for piece in source.pieces:
        kind = {"bullet": "ul", "item": "ol"}.get(piece.kind, "")
        if listed != kind:
            yield from filter(None, (f"</{listed}>" if listed else "", f"<{kind}>" if kind else ""))
            listed = kind
        yield from _piece(piece, mark)
    if listed:
        yield f"</{listed}>"
    if source.notes:
        notes = (f'<li id="fn:{n}" role="doc-endnote"><p>{markup(t)}</p></li>' for n, t in source.notes.items())
        yield f'<div class="footnotes" role="doc-endnotes"><ol>{"".join(notes)}</ol></div>'


def _piece(piece: Piece, mark: str) -> Iterator[str]:
    text = markup(piece.text, mark)
    if piece.kind == "heading":
        yield f'<h{piece.level + 1} id="{slug(piece)}">{text}</h{piece.level + 1}>'
    elif piece.kind == "table":
        head, *rows = ("".join(f"<{{0}}>{markup(c)}</{{0}}>" for c in row) for row in piece.rows)
        cells = "".join(f"<tr>{row.format('td')}</tr>" for row in rows)
        yield f"<table><thead><tr>{head.format('th')}</tr></thead><tbody>{cells}</tbody></table>"
    elif piece.kind == "box":
        yield f'<div class="call-to-action"><h3>{text}</h3>'
        for inner in piece.inside:
            yield from _piece(inner, mark)
        yield "</div>"
    elif piece.kind == "field":
        yield f'<div class="field-item"><div class="field-label">{piece.number}</div> {text}</div>'
    elif piece.kind == "quote":
        yield f"<blockquote><p>{text}</p></blockquote>"
    elif piece.kind in ("bullet", "item"):
        yield f"<li>{piece.number} {text}</li>".replace("<li> ", "<li>")
    else:
        yield f"<p>{piece.number} {text}</p>".replace("<p> ", "<p>")
