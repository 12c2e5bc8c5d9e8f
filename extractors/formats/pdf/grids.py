"""Ruled lines into grids: which lines meet, and which cells they close."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.formats.pdf.geometry import Rect, Shape, inside

_THIN = 3.0
_SNAP = 3.0
MAX_EDGES = 3_000


@dataclass(slots=True)
class Edge:
    """A straight rule. ``at`` is its place across, ``low`` and ``high`` its ends along."""

    at: float
    low: float
    high: float


@dataclass(slots=True)
class Grid:
    """Column and row borders, and for each elementary cell the one it is merged into."""

    xs: list[float]
    ys: list[float]
    owner: dict[tuple[int, int], tuple[int, int]]
    upright: int = 0
    """How many upright rules it has between its outer two."""
    framed: bool = True
    """Whether it has any upright rule; where not, a row may stand above the first rule or below the last."""

    @property
    def rect(self) -> Rect:
        """The box around it."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def cells(self) -> int:
        """How many cells there are once merged ones count once."""
        return len(set(self.owner.values()))


def edges_of(shapes: Sequence[Shape]) -> tuple[list[Edge], list[Edge]]:
    """Level and upright rules of the drawn shapes; frames and filled cells count by their sides.

    Colour laid behind words within a grid of drawn rules is marking, not a cell of its own, unless it reaches from
    one column border to another, as a tinted header or every second row does.
    """
    level: list[Edge] = []
    upright: list[Edge] = []
    fills: list[Shape] = []
    for s in shapes:
        width, height = s.x1 - s.x0, s.bottom - s.top
        if s.picture or s.curved or (s.stroked and not s.filled and min(s.colour) > 252):
            continue
        if height <= _THIN and width > 2 * _THIN:
            level.append(Edge((s.top + s.bottom) / 2, s.x0, s.x1))
        elif width <= _THIN and height > _THIN:
            upright.append(Edge((s.x0 + s.x1) / 2, s.top, s.bottom))
        elif width > 3 * _THIN and height > 2 * _THIN:
            if s.stroked:
                _add_sides(s, level, upright)
            elif min(s.colour) <= 252:
                fills.append(s)
    level, upright = _merged(level), _merged(upright)
    drawn = [g for g in grids(level, upright) if len(g.xs) > 2 and len(g.ys) > 2] if fills else []
    for s in fills:
        around = next((g for g in drawn if inside(s.rect, g.rect, 2.0)), None)
        if around is None or (_on(around.xs, s.x0) and _on(around.xs, s.x1)):
            _add_sides(s, level, upright)
    return _merged(level), _merged(upright)


def _on(places: Sequence[float], at: float) -> bool:
    return any(abs(place - at) <= _SNAP for place in places)


def _add_sides(s: Shape, level: list[Edge], upright: list[Edge]) -> None:
    level += [Edge(s.top, s.x0, s.x1), Edge(s.bottom, s.x0, s.x1)]
    upright += [Edge(s.x0, s.top, s.bottom), Edge(s.x1, s.top, s.bottom)]


def _merged(edges: list[Edge]) -> list[Edge]:
    """Rules that lie on one line and touch, as one."""
    edges = sorted(edges, key=lambda e: (e.at, e.low))[:MAX_EDGES]
    lanes: list[list[Edge]] = []
    for edge in edges:
        if lanes and edge.at - lanes[-1][0].at <= _SNAP:
            lanes[-1].append(edge)
        else:
            lanes.append([edge])
    done: list[Edge] = []
    for lane in lanes:
        at = sum(e.at for e in lane) / len(lane)
        lane.sort(key=lambda e: e.low)
        current = Edge(at, lane[0].low, lane[0].high)
        for edge in lane[1:]:
            if edge.low <= current.high + _SNAP:
                current.high = max(current.high, edge.high)
            else:
                done.append(current)
                current = Edge(at, edge.low, edge.high)
        done.append(current)
    return done


def grids(level: Sequence[Edge], upright: Sequence[Edge]) -> list[Grid]:
    """Groups of rules that meet, each as a grid."""
    groups = _meeting(level, upright)
    found = [_grid(hs, vs) for hs, vs in groups if len(hs) >= 2]
    return [g for g in found if g is not None]


def _meeting(level: Sequence[Edge], upright: Sequence[Edge]) -> list[tuple[list[Edge], list[Edge]]]:
    parent = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for j, v in enumerate(upright):
        for i, h in enumerate(level):
            if h.low - _SNAP <= v.at <= h.high + _SNAP and v.low - _SNAP <= h.at <= v.high + _SNAP:
                parent[root(len(level) + j)] = root(i)
    groups: dict[int, tuple[list[Edge], list[Edge]]] = {}
    for i, h in enumerate(level):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(upright):
        groups.setdefault(root(len(level) + j), ([], []))[1].append(v)
    loose = [hs[0] for hs, vs in groups.values() if len(hs) == 1 and not vs]
    return [(hs, vs) for hs, vs in groups.values() if vs] + _stacks(loose)


def _stacks(rules: Sequence[Edge]) -> list[tuple[list[Edge], list[Edge]]]:
    """Level rules of one width above each other: a table with rules between its rows only."""
    stacks: list[list[Edge]] = []
    for rule in sorted(rules, key=lambda e: e.at):
        for stack in stacks:
            if abs(stack[0].low - rule.low) < 2 * _SNAP and abs(stack[0].high - rule.high) < 2 * _SNAP:
                stack.append(rule)
                break
        else:
            stacks.append([rule])
    return [(stack, []) for stack in stacks if len(stack) >= 3]


def _places(values: Sequence[float]) -> list[float]:
    places: list[float] = []
    for value in sorted(values):
        if not places or value - places[-1] > _SNAP:
            places.append(value)
    return places


def _grid(hs: Sequence[Edge], vs: Sequence[Edge]) -> Grid | None:
    xs = _places([v.at for v in vs] + [min(h.low for h in hs), max(h.high for h in hs)])
    ys = _places(
        [h.at for h in hs] + [min((v.low for v in vs), default=hs[0].at), max((v.high for v in vs), default=hs[0].at)]
    )
    if len(xs) < 2 or len(ys) < 2 or len(xs) + len(ys) < 5 or len(xs) * len(ys) > 4_000:
        return None
    owner = _owners(xs, ys, hs, vs)
    return Grid(xs, ys, owner, upright=len(xs) - 2, framed=bool(vs))


def _owners(
    xs: list[float], ys: list[float], hs: Sequence[Edge], vs: Sequence[Edge]
) -> dict[tuple[int, int], tuple[int, int]]:
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    beside = [_walls(vs, x) for x in xs]
    for i in range(len(ys) - 1):
        middle_y = (ys[i] + ys[i + 1]) / 2
        above = _walls(hs, ys[i])
        for j in range(len(xs) - 1):
            middle_x = (xs[j] + xs[j + 1]) / 2
            mine = (i, j)
            if j and not _stands(beside[j], middle_y):
                mine = owner[(i, j - 1)]
            if (
                i
                and not _stands(above, middle_x)
                and (mine == (i, j) or owner[(i - 1, j)] == owner.get((mine[0] - 1, mine[1])))
            ):
                mine = owner[(i - 1, j)]
            owner[(i, j)] = mine
    return owner


def _walls(edges: Sequence[Edge], at: float) -> list[Edge]:
    return [e for e in edges if abs(e.at - at) <= _SNAP]


def _stands(walls: Sequence[Edge], along: float) -> bool:
    return any(e.low - 1 <= along <= e.high + 1 for e in walls)


def split_rows(grid: Grid, ys: list[float]) -> Grid:
    """The grid with more row borders; a cell that a new border cuts becomes two, a merged one stays whole."""
    old = grid.ys
    at = [max(i for i, y in enumerate(old) if y <= top + 0.01) for top in ys[:-1]]
    first: dict[int, int] = {}
    for new, index in enumerate(at):
        first.setdefault(index, new)
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for new, index in enumerate(at):
        for j in range(len(grid.xs) - 1):
            i0, j0 = grid.owner[(index, j)]
            owner[(new, j)] = (new, j0) if i0 == index else (first[i0], j0)
    return Grid(grid.xs, ys, owner, grid.upright, grid.framed)
