"""An operation from another package: found by its entry point, checked, and carried out like one of our own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULE = """
from dataclasses import replace
from types import SimpleNamespace

from ddm.language.operations import Operation, Parameter
from ddm.language.parameters import Zone


def lower(intent, call):
    return replace(intent, zones=(Zone(0.5, 1 - call.parameters["rest"]),))


rest = Parameter("rest", "share", "Room below.", "30%")
row = Operation("lower", "geometry", ("image",), "Sink the subject.", (rest,))
extension = SimpleNamespace(row=row, action=lower)
"""
TEMPLATE = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:ddm="urn:ddm:1" viewBox="0 0 800 800">
<ddm:objects><ddm:image id="photo"/></ddm:objects>
<image id="p"><ddm:select object="photo"/><ddm:lower {}/></image></svg>"""
PLAY = """
import sys
from ddm.language.compile import compile_text
from tests.support.resolving import origins, resolved
template, findings = compile_text(sys.argv[1], "t")
print(*findings, sep="\\n")
if not findings:
    print(*origins(resolved(template), "p", "window"))
"""


def played(folder: Path, template: str, name: str = "lower") -> subprocess.CompletedProcess[str]:
    """What a process prints that has the package on its path."""
    info = folder / f"sinking_{name}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: sinking-{name}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[ddm.operations]\n{name} = sinking:extension\n")
    (folder / "sinking.py").write_text(MODULE.replace('"lower"', f'"{name}"'))
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])}
    command = [sys.executable, "-c", PLAY, template]
    return subprocess.run(command, capture_output=True, text=True, env=env, check=False)


def test_it_is_carried_out(tmp_path: Path) -> None:
    run = played(tmp_path, TEMPLATE.format('rest="40%"'))
    assert "subject to 50% 60%" in run.stdout, run.stderr


def test_it_is_checked(tmp_path: Path) -> None:
    run = played(tmp_path, TEMPLATE.format('rest="40px"'))
    assert "40px" in run.stdout
    assert "is not a share" in run.stdout


def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    run = played(tmp_path, TEMPLATE.format(""), name="crop")
    assert run.returncode
    assert "the operation 'crop' exists twice" in run.stderr
