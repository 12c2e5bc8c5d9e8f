"""Dates and deadlines: "3 March 2021" becomes 2021-03-03, "within 56 days" P56D, "by the end of 2024" 2024-12-31."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from extractors.records import Entity, EntityKind

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER)\.?"
)
_YEAR = r"(?:1[89]|20)\d\d"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"

_ANY_YEAR = re.compile(_YEAR)
_LONGEST = len("31st day of  September, ")
_DATE = re.compile(
    rf"""(?:
      (?P<d1>{_DAY})(?:st|nd|rd|th)?(?:\s+day)?\s+(?:of\s+)?(?P<m1>{_MONTH}),?\s+(?P<y1>{_YEAR})
    | (?P<m2>{_MONTH})\s+(?P<d2>{_DAY})(?:st|nd|rd|th)?,\s+(?P<y2>{_YEAR})
    | (?P<m3>{_MONTH})\s+(?P<y3>{_YEAR})
    | (?P<d4>{_DAY})[/.](?P<m4>0?[1-9]|1[0-2])[/.](?P<y4>{_YEAR})
    | (?P<y5>{_YEAR})-(?P<m5>0[1-9]|1[0-2])-(?P<d5>[0-2]\d|3[01])
    )(?![\w/-]|\.\d)""",
    re.VERBOSE,
)
_ONE_TO_TWENTY = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
)
_NUMBER = dict(zip(_ONE_TO_TWENTY.split(), range(1, 21), strict=True)) | {
    "a": 1,
    "an": 1,
    "twenty-one": 21,
    "twenty-four": 24,
    "twenty-eight": 28,
    "thirty": 30,
    "fifty-six": 56,
    "sixty": 60,
    "ninety": 90,
}
_COUNT = r"(?:\d{1,3}|" + "|".join(sorted(_NUMBER, key=len, reverse=True)) + ")"
_SPAN = re.compile(
    rf"\b(?:within|in|not?\s+later\s+than|no\s+more\s+than)\s+(?:a\s+(?:period\s+of\s+)|(?:the\s+)?(?:next|first|coming)\s+)?"
    rf"(?P<count>{_COUNT})(?:\s*\(\d{{1,3}}\))?[\s-]+(?P<unit>(?:working\s+|calendar\s+)?(?:day|week|month|year)s?)\b"
    r"(?:\s+(?:of|from|after)\s+(?:the\s+)?(?:date|receipt|publication|day)"
    r"(?:\s+of\s+(?:this|the)\s+(?:report|letter|recommendation|publication))?)?",
    re.IGNORECASE,
)
_UNIT = re.compile(r"(?:day|week|month|year)s?\b")
_BY = re.compile(
    r"\b(?:by|before|no\s+later\s+than|not\s+later\s+than|on\s+or\s+before|prior\s+to)\s+(?:(?P<end>(?:the\s+)?end\s+of\s+)|(?:the\s+)?)$",
    re.IGNORECASE,
)
_BY_YEAR = re.compile(
    rf"\b(?:by|before|no\s+later\s+than)\s+the\s+end\s+of\s+(?:the\s+year\s+)?(?P<year>{_YEAR})\b(?![\d/-])",
    re.IGNORECASE,
)


def iso(year: str, month: str, day: str | None) -> str | None:
    """An ISO date or month; None for a day that no calendar has.

    Examples:
        >>> iso("2021", "Sept", "3"), iso("2021", "2", "30"), iso("2021", "March", None)
        ('2021-09-03', None, '2021-03')
    """
    number = int(month) if month.isdigit() else 1 + _MONTHS.index(month[:3].lower())
    if day is None:
        return f"{year}-{number:02d}"
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return None


def dates(text: str) -> Iterator[Entity]:
    """Days and months named in *text*."""
    end = 0
    for year in _ANY_YEAR.finditer(text):
        # Looking around each year is many times faster than trying each day and month.
        match = _DATE.search(text, max(end, year.start() - _LONGEST), year.end() + len("-12-31 "))
        name = _iso_of(match) if match and not _within_number(text, match.start()) else None
        if match and name:
            end = match.end()
            yield Entity(kind=EntityKind.DATE, start=match.start(), end=match.end(), text=match.group(), name=name)


def _within_number(text: str, start: int) -> bool:
    return start > 0 and (text[start - 1].isalnum() or text[start - 1] in "/.-_")


def _iso_of(match: re.Match[str]) -> str | None:
    for form in "12345":
        if match[f"y{form}"]:
            return iso(match[f"y{form}"], match[f"m{form}"].rstrip("."), match[f"d{form}"] if form != "3" else None)
    return None


def deadlines(text: str, found: list[Entity]) -> Iterator[Entity]:
    """Times by which something is to be done; *found* are the dates of *text*."""
    end = 0
    for unit in _UNIT.finditer(text):
        match = _SPAN.search(text, max(end, unit.start() - 60), unit.end() + 60)
        if match is None or match.end() < unit.end():
            continue
        end = match.end()
        if match.group().lower().startswith("in ") and "next" not in match.group().lower():
            continue  # "in six months" mostly tells how long something took
        yield _deadline(text, match.start(), match.end(), duration(match["count"], match["unit"]))
    for day in found:
        before = _BY.search(text, max(0, day.start - 40), day.start)
        if before:
            yield _deadline(text, before.start(), day.end, last_day(day.name) if before["end"] else day.name)
    for match in _BY_YEAR.finditer(text):
        yield _deadline(text, match.start(), match.end(), f"{match['year']}-12-31")


def duration(count: str, unit: str) -> str:
    """An ISO 8601 duration.

    Examples:
        >>> duration("56", "days"), duration("six", "months"), duration("ten", "working days")
        ('P56D', 'P6M', 'P10D')
    """
    number = int(count) if count.isdigit() else _NUMBER[count.lower()]
    return f"P{number}{unit.rsplit(maxsplit=1)[-1][0].upper()}"


def last_day(name: str) -> str:
    """The last day of an ISO month; days stay.

    Examples:
        >>> last_day("2024-02"), last_day("2024-02-03")
        ('2024-02-29', '2024-02-03')
    """
    if len(name) != len("2024-02"):
        return name
    year, month = map(int, name.split("-"))
    return f"{name}-{monthrange(year, month)[1]}"


def _deadline(text: str, start: int, end: int, name: str) -> Entity:
    return Entity(kind=EntityKind.DEADLINE, start=start, end=end, text=text[start:end], name=name)


def full_dates(text: str) -> Iterator[tuple[date, int]]:
    """Each date of *text* with where it starts; a month without a day counts as its first.

    Examples:
        >>> list(full_dates("Published in March 2021"))
        [(datetime.date(2021, 3, 1), 13)]
    """
    for entity in dates(text):
        name = entity.name if len(entity.name) > len("2021-03") else f"{entity.name}-01"
        yield date.fromisoformat(name), entity.start
