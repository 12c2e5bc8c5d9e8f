"""The notebooks run on the samples from end to end, and their charts say how sure they are and of what."""

import ast
import json
import os
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from pipelines.job import ingest
from pipelines.settings import Settings
from pipelines.sources.address import fetch

FOLDER = Path(__file__).parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
ALLOWED = {"os", "difflib", "matplotlib", "numpy", "pandas", "scipy", "index"}

INSPECT = """
import json as _json
from matplotlib import pyplot as _pyplot
from matplotlib.container import ErrorbarContainer as _Bars
_seen = []
for _figure in map(_pyplot.figure, _pyplot.get_fignums()):
    _figure.canvas.draw()
    _held = [[_c for _c in _axes.containers if isinstance(_c, _Bars)] for _axes in _figure.axes]
    _lines = [_l for _bars in _held for _bar in _bars for _l in _bar.lines[2]]
    _seen.append({
        "bars": [_part.ravel().tolist() for _line in _lines for _part in _line.get_segments()],
        "bare": sum(not _bars for _bars in _held),
        "texts": " ".join(_t.get_text() for _t in _figure.findobj(lambda _o: hasattr(_o, "get_text"))),
        "labels": [_axes.get_xlabel() for _axes in _figure.axes],
    })
print("FIGURES", _json.dumps(_seen))
"""
"""Run after the last cell: what every figure still open holds."""


def sources(path: Path) -> list[str]:
    """The code cells of a notebook."""
    return [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


@pytest.fixture(scope="module")
def home(tmp_path_factory, samples) -> Path:
    """A home folder whose index holds the samples."""
    folder = tmp_path_factory.mktemp("notebooks") / "home"
    settings = Settings(home=folder, workers=1, gazetteer=samples / "gazetteer.json")
    ingest(settings, [str(samples / "reports")], fetch=fetch)
    return folder


@pytest.fixture(scope="module")
def environment(home: Path) -> Iterator[None]:
    """What the notebooks' kernels inherit: the home, and a backend that leaves figures open."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FINDINGAID_HOME", str(home))
        patch.setenv("MPLBACKEND", "agg")
        patch.setenv("PYTHONPATH", os.pathsep.join([str(FOLDER.parent), os.environ.get("PYTHONPATH", "")]))
        patch.setenv("PYTHONWARNINGS", "error::DeprecationWarning:__main__")
        yield


@pytest.fixture(scope="module", params=NOTEBOOKS, ids=lambda path: path.stem)
def executed(request, environment) -> nbformat.NotebookNode:
    """Each notebook, run in a fresh kernel, with a last cell that looks at its figures."""
    notebook = nbformat.read(request.param, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(INSPECT))
    NotebookClient(
        notebook, timeout=240, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}
    ).execute()
    return notebook


def figures(notebook: nbformat.NotebookNode) -> list[dict]:
    """What the last cell saw."""
    printed = "".join(output.text for output in notebook.cells[-1].outputs if output.output_type == "stream")
    return json.loads(printed.split("FIGURES", 1)[1])


def test_there_are_notebooks():
    """The two notebooks of the first light are numbered, one question each."""
    assert [path.stem for path in NOTEBOOKS] == ["10-one-report", "20-themes-across-investigations"]


def test_every_cell_runs_and_none_complains(executed):
    """A cell ends without an error and prints nothing to stderr."""
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            assert output.output_type != "error", cell.source
            assert not (output.output_type == "stream" and output.name == "stderr"), output.text


def test_every_chart_carries_intervals(executed):
    """Each axes draws error bars, and at least one of them has a width."""
    drawn = figures(executed)
    assert len(drawn) >= 2
    for figure in drawn:
        assert figure["bare"] == 0
        assert any((left, low) != (right, high) for left, low, right, high in figure["bars"])


def test_every_chart_says_what_it_rests_on(executed):
    """Each figure prints how many documents are behind it, the generation, and what its axis counts."""
    for figure in figures(executed):
        assert " documents" in figure["texts"]
        assert "generation" in figure["texts"]
        assert "95%" in figure["texts"]
        assert all(figure["labels"])


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_git_holds_no_output(path):
    """A committed notebook has no outputs, no execution counts and no trace of a machine."""
    notebook = json.loads(path.read_text("utf-8"))
    for cell in notebook["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None
        assert not cell["metadata"]
    assert set(notebook["metadata"]) <= {"kernelspec", "language_info"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_first_cell_says_what_is_asked(path):
    """The first cell is prose that names question, corpus and date."""
    first = nbformat.read(path, as_version=4).cells[0]
    assert first.cell_type == "markdown"
    for word in ("**Question.**", "**Corpus.**", "**Date.**"):
        assert word in first.source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_come_in_by_the_front_door(path):
    """They import the corpus and plotting libraries, and nothing else of ours."""
    names = set()
    for node in ast.walk(ast.parse("\n".join(sources(path)))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module)
    assert "index.corpus" in names
    assert {name.split(".")[0] for name in names} <= ALLOWED
    assert {name for name in names if name.startswith("index")} == {"index.corpus"}


def test_no_function_is_defined_twice():
    """What two notebooks need belongs in a module."""
    defined = [
        node.name
        for path in NOTEBOOKS
        for node in ast.walk(ast.parse("\n".join(sources(path))))
        if isinstance(node, (ast.FunctionDef, ast.ClassDef))
    ]
    assert len(defined) == len(set(defined))
