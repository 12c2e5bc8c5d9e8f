"""Records as the stable JSON fields that scripts rely on; docs/formats.md names each."""

from datetime import date
from typing import Any

from extractors.records import Passage, Recommendation, Role
from index.protocol import Hit


def main_role(passage: Passage) -> Role:
    """The role that says most about a passage: the first it holds in the codebook's order of precedence."""
    return next(iter(passage.roles), Role.OTHER)


def citation(passage: Passage) -> str:
    """How to cite a passage: publisher, title, date, paragraph or page."""
    report, block = passage.report, passage.block
    place = f"para {block.number}" if block.number else ""
    pages = _pages(block.pages) if report.page_count > 1 else ""
    parts = [report.publisher, report.title, report.published and report.published.isoformat(), place, pages]
    return ", ".join(str(part) for part in parts if part)


def _pages(pages: tuple[int, ...]) -> str:
    return f"p. {pages[0]}" if len(pages) == 1 else f"pp. {pages[0]}-{pages[-1]}"


def hit_fields(hit: Hit) -> dict[str, Any]:
    """One hit of a search."""
    passage, report, block = hit.passage, hit.passage.report, hit.passage.block
    return {
        "id": passage.id,
        "url": report.url,
        "report": report.id,
        "title": report.title,
        "publisher": report.publisher,
        "published": report.published,
        "page": block.pages[0],
        "pages": list(block.pages),
        "number": block.number,
        "section": list(block.section),
        "role": main_role(passage).value,
        "roles": [role.value for role in passage.roles],
        "themes": list(passage.theme_codes),
        "forces": list(passage.forces),
        "speakers": [{"role": role.value, "name": name} for role, name in passage.speakers],
        "investigation": report.investigation,
        "text": block.text,
        "highlights": [[span.start, span.end] for span in hit.highlights],
        "score": round(hit.score, 4),
        "citation": citation(passage),
    }


def recommendation_fields(unit: Recommendation, as_of: date) -> dict[str, Any]:
    """One entry of the register, as it stands on a day."""
    return {
        "id": unit.id,
        "report": unit.report.id,
        "title": unit.report.title,
        "publisher": unit.report.publisher,
        "url": unit.report.url,
        "number": unit.number,
        "text": unit.text,
        "pages": list(unit.pages),
        "addressees": list(unit.addressees),
        "themes": list(unit.themes),
        "made_on": unit.made_on,
        "due_on": unit.due_on,
        "status": unit.status(as_of),
        "decision": unit.decision and unit.decision.value,
        "score": round(unit.score, 4),
    }
