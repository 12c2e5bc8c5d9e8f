"""Records as the stable JSON fields that scripts rely on; docs/formats.md names each."""

from datetime import date
from typing import Any

from extractors.records import Passage, Recommendation, Report, Role
from index.citing import citation_id
from index.protocol import Hit


def main_role(passage: Passage) -> Role:
    """The role that says most about a passage: the first it holds in the codebook's order of precedence."""
    return next(iter(passage.roles), Role.OTHER)


def unsure_of(passage: Passage) -> Role | None:
    """The likeliest role of its sentences, where the tagger abstained from all that say anything; else None."""
    open_ = [sentence for sentence in passage.sentences if sentence.abstained]
    says = set(passage.roles).difference({Role.OTHER})
    return max(open_, key=lambda one: one.score).role if open_ and not says else None


def citation(passage: Passage) -> str:
    """How to cite a passage: publisher, title, date, paragraph or page."""
    block = passage.block
    return _cited(passage.report, f"para {block.number}" if block.number else "", block.pages)


def _cited(report: Report, place: str, pages: tuple[int, ...]) -> str:
    where = _pages(pages) if report.page_count > 1 else ""
    parts = [report.publisher, report.title, report.published and report.published.isoformat(), place, where]
    return ", ".join(str(part) for part in parts if part)


def _pages(pages: tuple[int, ...]) -> str:
    """Pages as they are cited: what runs over several is a range, what is printed twice stands on both.

    Examples:
        >>> _pages((4,)), _pages((4, 5, 6)), _pages((5, 10)), _pages((5, 6, 11))
        ('p. 4', 'pp. 4-6', 'pp. 5, 10', 'pp. 5-6, 11')
    """
    begins = [page for page in pages if page - 1 not in pages]
    ends = [page for page in pages if page + 1 not in pages]
    runs = [f"{begin}" if begin == end else f"{begin}-{end}" for begin, end in zip(begins, ends, strict=True)]
    return f"{'p.' if len(pages) == 1 else 'pp.'} {', '.join(runs)}"


def passage_fields(passage: Passage) -> dict[str, Any]:
    """One passage, wherever it is shown."""
    report, block = passage.report, passage.block
    return {
        "id": passage.id,
        "url": report.url,
        "report": report.id,
        "title": report.title,
        "publisher": report.publisher,
        "published": report.published,
        "source": report.source,
        "page": block.pages[0],
        "pages": list(block.pages),
        "boxes": [box.model_dump() for box in block.boxes],
        "number": block.number,
        "section": list(block.section),
        "role": main_role(passage).value,
        "roles": [role.value for role in passage.roles],
        "reviewed_roles": [role.value for role in passage.reviewed_roles],
        "unsure_of": unsure_of(passage),
        "role_scores": _role_scores(passage),
        "themes": list(passage.theme_codes),
        "theme_scores": {one.theme: round(one.score, 4) for one in passage.themes},
        "forces": list(passage.forces),
        "speakers": [{"role": role.value, "name": name} for role, name in passage.speakers],
        "investigation": report.investigation,
        "text": block.text,
        "citation": citation(passage),
        "citation_id": citation_id(passage),
    }


def _role_scores(passage: Passage) -> dict[str, float]:
    """The surest sentence of each role that the passage holds."""
    best = {
        role: max(s.score for s in passage.sentences if s.role is role and not s.abstained) for role in passage.roles
    }
    return {role.value: round(score, 4) for role, score in best.items()}


def hit_fields(hit: Hit) -> dict[str, Any]:
    """One hit of a search."""
    highlights = [[span.start, span.end] for span in hit.highlights]
    return {**passage_fields(hit.passage), "highlights": highlights, "score": round(hit.score, 4), "also": _also(hit)}


def _also(hit: Hit) -> list[dict[str, Any]]:
    """Other printings in the same report."""
    return [{"id": one.id, "pages": list(one.pages)} for one in hit.also]


def recommendation_fields(unit: Recommendation, as_of: date) -> dict[str, Any]:
    """One entry of the register, as it stands on a day."""
    return {
        "id": unit.id,
        "report": unit.report.id,
        "title": unit.report.title,
        "publisher": unit.report.publisher,
        "published": unit.report.published,
        "investigation": unit.report.investigation,
        "url": unit.report.url,
        "number": unit.number,
        "text": unit.text,
        "pages": list(unit.pages),
        "boxes": [box.model_dump() for box in unit.boxes],
        "addressees": list(unit.addressees),
        "themes": list(unit.themes),
        "made_on": unit.made_on,
        "due_on": unit.due_on,
        "status": unit.status(as_of),
        "decision": unit.decision and unit.decision.value,
        "score": round(unit.score, 4),
        "citation": _cited(unit.report, f"recommendation {unit.number}" if unit.number else "", unit.pages),
        "citation_id": citation_id(unit),
    }
