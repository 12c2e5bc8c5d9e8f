"""The README's commands run, and print what it shows.

With FINDINGAID_WRITE_GOLDEN=1 the outputs in the README are renewed instead of compared.
"""

import difflib
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

BLOCK = re.compile(r"(?<=<!-- run -->\n```console\n)(.*?)(?=```\n)", re.DOTALL)
WRITE = os.environ.get("FINDINGAID_WRITE_GOLDEN") == "1"
ALIKE = 0.95
"""Word by word; processors differ in the last digits of a score, which may move a borderline tag, the counts it stands
in and the digest that names the generation."""


def run(command: str, root: Path, home: Path) -> str:
    environment = {
        **os.environ,
        "FINDINGAID_HOME": str(home),
        "FINDINGAID_GAZETTEER": str(root / "samples" / "gazetteer.json"),
    }
    words = [sys.executable, "-m", "pipelines.cli.main", *shlex.split(command)[1:]]
    done = subprocess.run(words, cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    talk = [line for line in done.stderr.splitlines() if not re.match(r"[A-Z][a-z ]+: \d+ of \d+", line)]
    lines = [*talk, *done.stdout.splitlines()]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def test_the_readme_shows_what_its_commands_print(root, tmp_path):
    """Each command of the README succeeds, and its output is the one shown."""
    text = (root / "README.md").read_text()
    shown = BLOCK.findall(text)
    assert len(shown) >= 4
    renewed = []
    for block in shown:
        command, _, expected = block.partition("\n")
        said = run(command.removeprefix("$ "), root, tmp_path / "home")
        renewed.append(f"{command}\n{said}")
        if not WRITE:
            ratio = difflib.SequenceMatcher(None, expected.split(), said.split(), autojunk=False).ratio()
            assert ratio >= ALIKE, f"{command}\n{said}"
    if WRITE:
        parts = iter(renewed)
        (root / "README.md").write_text(BLOCK.sub(lambda _: next(parts), text))


def test_goldens_are_not_being_written():
    """A run that writes goldens compares nothing, so it must not pass for a test run."""
    assert not WRITE, "unset FINDINGAID_WRITE_GOLDEN and run again"


def test_every_command_has_help_and_stands_in_the_docs(root):
    """A command that nobody documented does not exist."""
    help_text = subprocess.run(
        [sys.executable, "-m", "pipelines.cli.main", "--help"], capture_output=True, text=True, check=True
    ).stdout
    commands = re.findall(r"^  ([a-z]+)  +(\S.*)$", help_text, flags=re.MULTILINE)
    docs = "".join(path.read_text() for path in [root / "README.md", *sorted((root / "docs").glob("*.md"))])
    assert len(commands) >= 8
    for command, said in commands:
        assert said
        assert re.search(rf"`?(findingaid )?{command}\b", docs), command


def test_no_file_names_a_machine_or_a_registry(root):
    """What is committed speaks of the project alone."""
    tracked = subprocess.run(
        ["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=False
    ).stdout.split("\0")
    address = re.compile(
        r"https?://[\w.]*(?:py" + r"pi|pythonhosted|npm" + r"js|maven)\.\w+|(?<![\w.])/(?:root|home/\w+)/"
    )
    for name in filter(None, tracked):
        path = root / name
        if path.suffix in {".py", ".md", ".toml", ".txt", ".yaml", ".sh", ".json"} and path.stat().st_size < 1_000_000:
            assert not address.search(path.read_text(errors="replace")), name
