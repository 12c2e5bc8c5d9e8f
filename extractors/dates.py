"""Dates as reports print them."""

import re
from datetime import date

MONTHS = {
    m: i
    for i, m in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
}
_MONTH = "|".join(MONTHS) + "|" + "|".join(m[:3] for m in MONTHS if m != "may") + "|sept"
_LONG = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:day of\s+)?({_MONTH})\.?,?\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_US = re.compile(rf"\b({_MONTH})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,\s*((?:19|20)\d\d)\b", re.IGNORECASE)
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)")
_SLASH = re.compile(r"\b(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)\b")


def month_number(name: str) -> int:
    """The month of a name or its first three letters; 0 for none.

    Examples:
        >>> month_number("Sept"), month_number("June")
        (9, 6)
    """
    low = name.lower()[:3]
    return next((number for month, number in MONTHS.items() if month.startswith(low)), 0)


def first_date(text: str) -> date | None:
    """The first full date in a text, day before month as in Britain; None where there is none.

    Examples:
        >>> first_date("Published on 3 May 2021 by the office")
        datetime.date(2021, 5, 3)
    """
    found = [
        (m.start(), _made(m, order))
        for pattern, order in ((_LONG, "dmy"), (_US, "mdy"), (_ISO, "ymd"), (_SLASH, "dmy"))
        for m in pattern.finditer(text)
    ]
    return next((d for _, d in sorted((f for f in found if f[1]), key=lambda f: f[0])), None)


def _made(match: re.Match[str], order: str) -> date | None:
    parts = dict(zip(order, match.groups(), strict=True))
    month = parts["m"]
    try:
        return date(int(parts["y"]), int(month) if month.isdigit() else month_number(month), int(parts["d"]))
    except ValueError:
        return None
