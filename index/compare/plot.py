"""A comparison as a picture: a count and its exact interval for each group, a panel for each theme."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from extractors.tagging.vocabulary import theme_title
from index.compare.records import Cell, Comparison, Measure

PANELS = 6
INK, QUIET = "#1d2b3a", "#8a97a5"


def draw(comparison: Comparison, measure: Measure, themes: Sequence[str] = ()) -> Figure:
    """Draw *measure* by group, for *themes* or those with most counts.

    Args:
        comparison: what was counted.
        measure: which of its counts.
        themes: codes of the panels; the six most frequent by default.
    """
    codes = tuple(themes) or comparison.frequent(measure, PANELS)
    names = [group.name for group in comparison.groups]
    figure = Figure(figsize=(3 + 2.2 * max(1, len(codes)), 1.6 + 0.34 * max(1, len(names))))
    axes = figure.subplots(1, max(1, len(codes)), sharey=True, squeeze=False)[0]
    for axis, code in zip(axes, codes, strict=False):
        _panel(axis, [comparison.cell(name, code, measure) for name in names], theme_title(code))
    axes[0].set_yticks(range(len(names)), [_label(comparison, name) for name in names])
    axes[0].invert_yaxis()
    unit = "recommendations" if measure == "recommendations" else "matters with a finding"
    figure.supxlabel(f"{unit}, with exact 95 % intervals", fontsize=9)
    figure.text(0, -0.02, _source(comparison), fontsize=7, color=QUIET, va="top")
    return figure


def _panel(axis: Axes, cells: Sequence[Cell], title: str) -> None:
    """Points and intervals of one theme; a difference that survives the number of comparisons is filled."""
    for place, cell in enumerate(cells):
        axis.hlines(place, cell.low, cell.high, color=QUIET, linewidth=1.4)
        face = INK if cell.differs else "white"
        axis.plot([cell.count], [place], "o", markersize=5, markeredgecolor=INK, markerfacecolor=face)
    axis.set_title(title, fontsize=8, loc="left", wrap=True)
    axis.set_xlim(left=0)
    axis.tick_params(labelsize=8)
    axis.spines[["top", "right", "left"]].set_visible(False)
    axis.grid(axis="x", linewidth=0.4, color="#dde3e8")


def _label(comparison: Comparison, name: str) -> str:
    return f"{name[:44]} ({comparison.group(name).documents})"


def _source(comparison: Comparison) -> str:
    return f"In brackets: reports behind the counts. {comparison.statement}"
