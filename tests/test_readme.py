"""What the READMEs promise works, and what they name is there."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import ROOT

SUFFIXES = {".css", ".html", ".js", ".md", ".png", ".py", ".toml", ".txt"}


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def named_paths(text: str) -> Iterator[str]:
    """The paths that a README names in backticks, as a picture, or in the tree of the parts."""
    for name in re.findall(r"`([\w./]+)`|(?:src|srcset)=\"([^\"]+)\"", text):
        path = "".join(name)
        if (path == "LICENSE" or "/" in path or Path(path).suffix in SUFFIXES) and not path.startswith("/"):
            yield path
    tree = re.search(r"```\n(app\.py.*?)```", text, re.DOTALL)
    folder = ""
    for line in tree[1].splitlines() if tree else []:
        names = re.findall(r"(?<!\S)\w+(?:\.\w+|/)(?!\S)", line)
        if not line.startswith(" "):
            folder = ""
        yield from (folder + name for name in names)
        if not line.startswith(" "):
            folder = names[0] if names[0].endswith("/") else ""


def private_details() -> list[tuple[list[str], list[str]]]:
    """Each line of the tables in `ui/README.md`: the names of the detail, and the files that use it."""
    rows = [line.split("|")[1:3] for line in read("ui/README.md").splitlines() if line.startswith("|")]
    found = [(re.findall("`([^`]+)`", detail), re.findall("`([^`]+)`", files)) for detail, files in rows]
    return [(names, files) for names, files in found if files]


def test_the_readmes_example_runs_and_learns() -> None:
    found = re.search(r"<!-- example -->\n```python\n(.*?)```", read("README.md"), re.DOTALL)
    assert found
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error", "-c", found[1]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    assert "→ 0.0012" in done.stdout
    assert "0.95" in done.stdout
    assert re.search(r"odd number: \[1\. +0\. +1\. +0\. +1\. +0\. +1\. +0\. *\]", done.stdout)


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_bytes()) <= 6_000


@pytest.mark.parametrize("readme", ["README.md", "ui/README.md", "benchmarks/README.md"])
def test_every_path_a_readme_names_exists(readme: str) -> None:
    paths = list(named_paths(read(readme)))
    assert len(paths) >= {"README.md": 40, "ui/README.md": 20}.get(readme, 1)
    assert [path for path in paths if not (ROOT / path).exists()] == []


def test_there_is_a_licence() -> None:
    assert read("LICENSE").startswith("MIT License")


def test_a_detail_that_is_not_promised_is_used_where_the_table_says() -> None:
    details = private_details()
    assert len(details) >= 20
    missing = [name for names, files in details for name in names if not any(name in read(file) for file in files)]
    assert missing == []


def test_versions_stand_in_one_file() -> None:
    requirements = read("requirements.txt")
    for package, minor in (("streamlit", "1.67"), ("plotly", "7.1")):
        assert re.search(rf"^{package}>={re.escape(minor)},<", requirements, re.MULTILINE)
        assert f"{package.capitalize()} {minor}" in " ".join(read("ui/README.md").split())
    assert "[project]" not in read("pyproject.toml")
