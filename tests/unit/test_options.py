"""What is typed after an option is checked, and what is odd about it is said."""

from datetime import date

import pytest

from extractors.errors import UsageError
from pipelines.cli.options import filters_of


@pytest.mark.parametrize("typed", ["stop-search", "Stop-Search", "Stop and search", "stop AND search"])
def test_a_theme_by_code_or_title(typed: str) -> None:
    """A theme is known by its code and by its title, however written, as in the query language."""
    assert filters_of(themes=[typed]).themes == ("stop-search",)


def test_an_unknown_theme() -> None:
    """The nearest code is named."""
    with pytest.raises(UsageError, match="Did you mean custody"):
        filters_of(themes=["custodie"])


@pytest.mark.parametrize(
    ("typed", "taken", "said"),
    [
        pytest.param("the Met", "Metropolitan Police Service", "", id="known by another name"),
        pytest.param("Essecs Police", "Essecs Police", "Did you mean Essex Police?", id="misspelt"),
        pytest.param("Zzyzx", "Zzyzx", "No force is known as 'Zzyzx'", id="like no other"),
    ],
)
def test_a_force(typed: str, taken: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A force that is not known may be one of the operator's own: it is sought as it stands, and that is said."""
    assert filters_of(forces=[typed]).forces == (taken,)
    told = capsys.readouterr().err
    assert said in told if said else not told


@pytest.mark.parametrize(("since", "until"), [("2020", "2020"), ("2020-01-01", "2020"), (None, "2020"), ("2020", None)])
def test_a_span_of_days(since: str | None, until: str | None) -> None:
    """A year stands for its first or its last day; either end may be open."""
    filters = filters_of(since=since, until=until)
    assert (filters.published_from, filters.published_to) == (
        since and date(2020, 1, 1),
        until and date(2020, 12, 31),
    )


def test_a_span_that_runs_backwards() -> None:
    """Nothing can lie in it: both ends are named."""
    with pytest.raises(UsageError, match="--from 2024 is later than --to 2020"):
        filters_of(since="2024", until="2020")
