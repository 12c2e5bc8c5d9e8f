"""Compare groups of reports honestly: what was counted, on how many documents, and how sure one can be."""

from index.compare.counting import compare
from index.compare.rates import rates
from index.compare.records import By, Cell, Comparison, Group, Measure, RateRow, Rates

__all__ = ["By", "Cell", "Comparison", "Group", "Measure", "RateRow", "Rates", "compare", "rates"]
