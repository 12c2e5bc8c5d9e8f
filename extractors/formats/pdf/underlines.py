"""Lines that are underlined from end to end, as titles typed on a typewriter's model are."""

from bisect import bisect_left
from collections.abc import Sequence

from extractors.formats.pdf.geometry import Line, Shape

_THIN = 2.0
_SHARE = 0.9


def mark(lines: Sequence[Line], shapes: Sequence[Shape]) -> None:
    """Note the lines under whose words a rule runs, in one piece or several, and hardly beyond them."""
    thin = sorted((s for s in shapes if s.bottom - s.top < _THIN < s.x1 - s.x0 and not s.picture), key=lambda s: s.top)
    tops = [s.top for s in thin]
    if not thin:
        return
    for line in lines:
        low = bisect_left(tops, line.base - 0.5)
        high = bisect_left(tops, line.base + 0.3 * line.size)
        line.underlined = low < high and _under(line, thin[low:high])


def _under(line: Line, rules: Sequence[Shape]) -> bool:
    left = line.text_x0
    reach, covered = left, 0.0
    for rule in sorted(rules, key=lambda r: r.x0):
        if rule.x0 < line.x0 - line.size or rule.x1 > line.x1 + line.size:
            return False
        covered += max(0.0, min(rule.x1, line.x1) - max(rule.x0, reach))
        reach = max(reach, rule.x1)
    return covered > _SHARE * (line.x1 - left)
