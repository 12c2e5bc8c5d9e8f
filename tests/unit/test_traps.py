"""One guard for each trap of the layout that ARCHITECTURE of this project knows of."""

import ast
import importlib.metadata
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGES = ("extractors", "index", "pipelines")
HEAVY = ("torch", "transformers", "onnxruntime", "prefect", "pandas", "scipy", "tantivy", "pdfplumber", "sqlalchemy")


def modules(root: Path) -> Iterator[Path]:
    for package in PACKAGES:
        yield from (root / package).rglob("*.py")


def test_no_module_of_pipelines_hides_another(root):
    """A path-loaded flow puts pipelines/ first on sys.path: its modules must not bear a name that others import."""
    ours = {path.stem for path in (root / "pipelines").iterdir() if path.suffix == ".py" or path.is_dir()}
    installed = set(importlib.metadata.packages_distributions()) - set(PACKAGES)
    taken = installed | set(sys.stdlib_module_names) | set(PACKAGES)
    assert (ours - {"__init__", "__pycache__"}) & taken == set()


def test_flow_files_import_absolutely_and_define_no_records(root):
    """A path-loaded flow is module ``ingest``: a relative import breaks, and its records would have two identities."""
    for name in ("ingest.py", "publish.py"):
        tree = ast.parse((root / "pipelines" / name).read_text())
        relative = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.level]
        classes = [n.name for n in ast.walk(tree) if isinstance(n, ast.ClassDef)]
        assert not relative, name
        assert not classes, name


def test_tests_are_no_package_and_bear_no_packages_name(root):
    """With importlib mode, an ``__init__.py`` or a folder named like a package makes tests import the wrong thing."""
    tests = root / "tests"
    assert not list(tests.rglob("__init__.py"))
    assert not {path.name for path in tests.rglob("*") if path.is_dir()} & set(PACKAGES)


def test_test_files_have_names_of_their_own(root):
    """Two test files of one name shadow each other in reports and in editors."""
    names = [path.name for path in (root / "tests").rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))


def test_nobody_imports_the_package_index_by_its_bare_name(root):
    """``import index`` dies at the first ``for index, row in …``: names are imported, not the package."""
    for path in modules(root):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                assert "index" not in [alias.name for alias in node.names], path


@pytest.mark.parametrize(
    "code",
    [
        pytest.param("import extractors.records, extractors.errors", id="records"),
        pytest.param("import index.protocol", id="protocol"),
        pytest.param("import index.corpus", id="the corpus"),
        pytest.param("import pipelines.cli.main", id="help"),
        pytest.param("import pipelines.working", id="worker processes"),
    ],
)
def test_light_imports_stay_light(code):
    """Records, the protocol, help and worker processes load none of the heavy libraries."""
    program = f"{code}\nimport sys\nprint([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_commands_that_only_read_load_no_database_library():
    """What opens the index for a search or the register leaves the catalogue and statistics where they lie."""
    program = "import pipelines.opening, sys\nprint([m for m in ('sqlalchemy', 'numpy', 'scipy') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_modules_and_functions_keep_their_size(root):
    """A module over 400 lines or a function over 40 is two ideas."""
    for path in modules(root):
        text = path.read_text()
        assert text.count("\n") <= 400, path
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.end_lineno - node.lineno + 1 - _docstring_lines(node)
                assert body <= 40, f"{path}:{node.lineno} {node.name}"


def _docstring_lines(node):
    first = node.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        return first.end_lineno - first.lineno + 1
    return 0


def test_every_package_says_that_it_is_typed(root):
    """Type checkers of those who use the packages read our annotations."""
    for package in PACKAGES:
        assert (root / package / "py.typed").exists()
