"""The arrows between the parts: app → ui → nnlib, one keeper of the session, charts that know no page."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server import ROOT

FILES = [ROOT / "app.py", *sorted((ROOT / "ui").rglob("*.py")), *sorted((ROOT / "nnlib").rglob("*.py"))]


def imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: relative import"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def tops(file: Path) -> set[str]:
    return {name.split(".")[0] for name in imported(file)}


def names(paths: list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def test_nnlib_needs_numpy_alone() -> None:
    for file in (ROOT / "nnlib").rglob("*.py"):
        assert tops(file) & {"ui", "app", "streamlit", "plotly", "pandas"} == set(), file


def test_nothing_below_imports_what_is_above() -> None:
    assert [file for file in FILES if "app" in tops(file)] == []
    assert [file for file in FILES if "tests" in tops(file) or "benchmarks" in tops(file)] == []


def test_one_module_alone_touches_the_session() -> None:
    touching = [file for file in FILES if "session_state" in file.read_text("utf-8")]
    assert names(touching) == ["ui/session.py"]


PURE = ["words.py", "settings.py", "link.py", "palette.py", "contradiction.py", "charts", "player/motion.py"]


@pytest.mark.parametrize("module", [*PURE, "player/encoder.py"])
def test_what_is_pure_does_not_know_streamlit(module: str) -> None:
    root = ROOT / "ui" / module
    for file in [root] if root.is_file() else root.glob("*.py"):
        assert "streamlit" not in tops(file)
    command = [sys.executable, "-c", f"import sys, {module_name(module)}; print('streamlit' in sys.modules)"]
    assert subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip() == "False"


def module_name(path: str) -> str:
    return "ui." + path.removesuffix(".py").replace("/", ".")


VISIT_EVERY_TAB = """
import sys
from streamlit.testing.v1 import AppTest
from ui.settings import TABS
for tab in TABS:
    page = AppTest.from_file(sys.argv[1], default_timeout=20)
    page.query_params["tab"] = tab
    assert not page.run().exception
print({"pandas", "pyarrow"} & set(sys.modules))
"""


def test_no_visit_makes_streamlit_load_what_takes_it_seconds_and_70_mb() -> None:
    command = [sys.executable, "-c", VISIT_EVERY_TAB, str(ROOT / "app.py")]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.strip() == "set()"


def test_no_module_is_a_drawer_for_everything() -> None:
    assert {file.stem for file in FILES} & {"utils", "helpers", "common", "misc"} == set()
