"""The error tree: drawn as it is, each class with a code of its own, and no way to lose a message."""

import pickle
import re

import pytest

import extractors.errors as tree
from extractors.errors import FindingAidError, LockedReport, error_of


def classes(kind=FindingAidError):
    yield kind
    for child in kind.__subclasses__():
        yield from classes(child)


def test_the_docstring_draws_the_tree():
    """Every class and its exit code stand in the module's docstring, and nothing else does."""
    drawn = dict(re.findall(r"[*+-] (\w+) .*?(\d+)$", tree.__doc__, flags=re.MULTILINE))
    assert drawn == {kind.__name__: str(kind.exit_code) for kind in classes()}


def test_exit_codes_are_distinct():
    """A script can tell every error from its exit code."""
    codes = [kind.exit_code for kind in classes()]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("kind", list(classes()), ids=lambda kind: kind.__name__)
def test_errors_survive_the_way_between_processes(kind):
    """An error raised in a worker arrives with its sentence and its advice."""
    error = kind("a.pdf is odd.", mend="Do this.")
    back = pickle.loads(pickle.dumps(error))
    assert (type(back), str(back)) == (kind, "a.pdf is odd. Do this.")


@pytest.mark.parametrize("kind", list(classes()), ids=lambda kind: kind.__name__)
def test_a_class_is_found_by_its_code(kind):
    """``error_of`` is the inverse of ``exit_code``."""
    assert error_of(kind.exit_code) is kind


def test_default_advice_stands_unless_replaced():
    """Each class knows what to do next; a caller may say it better."""
    assert str(LockedReport("a.pdf needs a password.")).endswith("Ask the publisher for an open copy.")
    assert str(LockedReport("a.pdf needs a password.", mend="")) == "a.pdf needs a password."
