"""The case in CONTRIBUTING.md is one that works, word for word."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from pallkit_app.check import check

ROOT = Path(__file__).resolve().parents[2]


def test_the_case_in_contributing_passes_every_rule(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "casebank", tmp_path / "casebank")
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    files = re.findall(r"```yaml\n# (casebank/\S+)\n(.*?)```", text, re.DOTALL)
    assert [Path(name).name for name, _ in files] == ["case.yaml", "nb.yaml", "nn.yaml"]
    for name, content in files:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, "utf-8")
    folder = (tmp_path / files[0][0]).parent
    faults = [finding for finding in check(folder) if not finding.warning]
    assert [str(fault.line) for fault in faults] == []
