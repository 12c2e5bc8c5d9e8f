"""What a page says about itself: its meta fields and the day it was published."""

import re
from datetime import date
from typing import Any

from extractors.dates import first_date
from extractors.formats.building import clean

_HOSTS = re.compile(r"\s*(?:www\.|[\w-]+\.(?:uk|org|com|net)\b|home\b)", re.IGNORECASE)
"""Addresses and signposts that stand where a site's name stands: GOV.UK is no publisher."""


def meta(root: Any, *names: str) -> str | None:
    """The first meta field of one of these names that says something."""
    for field in root.iter("meta"):
        key = (field.get("property") or field.get("name") or "").lower()
        if key in names and (field.get("content") or "").strip():
            return clean(field.get("content"))
    return None


def site(root: Any) -> str | None:
    """The site's name, as browsers show it behind a bar: "Recommendations | Office for Standards".

    A dash will not do: what follows it is as often the force that the page is about.
    """
    title = root.find(".//title")
    _, bar, name = (title.text_content() if title is not None else "").rpartition(" | ")
    return clean(name) or None if bar and not _HOSTS.match(name) else None


def published_on(root: Any) -> date | None:
    """The day of publication: from meta fields, time elements, or the elements that sites date pages with."""
    named = meta(
        root,
        "article:published_time",
        "dcterms.issued",
        "dcterms.date",
        "dc.date",
        "date",
        "govuk:first-published-at",
        "govuk:public-updated-at",
    )
    if named and first_date(named):
        return first_date(named)
    for element in root.iter("time"):
        found = first_date(element.get("datetime") or "") or first_date(element.text_content())
        if found:
            return found
    for element in root.xpath(
        "//*[contains(@class, 'author-block') or contains(@class, 'date') or contains(@class, 'published')]"
    ):
        found = first_date(element.get("content") or "") or first_date(element.text_content()[:300])
        if found:
            return found
    return None
