"""What the README promises works as it stands there."""

import re
import subprocess
import sys

from tests.server import ROOT


def test_the_readmes_example_runs_and_learns() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    found = re.search(r"<!-- example -->\n```python\n(.*?)```", readme, re.DOTALL)
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
