"""Pictures perceived by several processes: as by one, whichever of them is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from ddm.acquire import picture_of
from ddm.acquire.product import Picture
from ddm.errors import DdmError, InputError, Unfit
from ddm.library import Library
from ddm.library.lookers import Asked, perceive_all
from ddm.library.verify import HARMLESS, verify
from ddm.perceive.perception import Perception
from tests.library.faults.running import ROOT

SHOWN = 4


def vase(path: Path, number: int) -> None:
    """On a plain ground, with grain, so that it is neither blurred nor flat."""
    image = Image.new("RGB", (420, 420), (232, 230, 226))
    draw = ImageDraw.Draw(image)
    draw.ellipse((110 + 9 * number, 90, 290 + 9 * number, 360), fill=(40 * number % 256, 90, 140))
    grain = np.random.default_rng(number).normal(0, 3, (420, 420, 3))
    Image.fromarray(np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8)).save(path)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> list[Asked]:
    """Some vases, one of them for two products, a flat picture that is refused, and one that cannot be decoded."""
    folder = tmp_path_factory.mktemp("pictures")
    for number in range(SHOWN):
        vase(folder / f"{number}.png", number)
    Image.new("RGB", (400, 400), (120, 120, 120)).save(folder / "flat.png")
    pictures = [picture_of(folder / f"{number}.png") for number in range(SHOWN)]
    flat = picture_of(folder / "flat.png")
    broken = Picture("0" * 64, folder / "cut.png", "cut.png", 420, 420, "image/png")
    broken.path.write_bytes(pictures[0].path.read_bytes()[:300])
    return [*(("vase", one) for one in pictures), ("other", pictures[0]), ("vase", flat), ("vase", broken)]


def said(found: Iterator[Perception | DdmError]) -> list[object]:
    return [type(one) if isinstance(one, DdmError) else (one.id, one.product, one.attributes) for one in found]


def children(process: int) -> list[int]:
    """Processes below one that perceive."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            line, command = status.read_text(), (status.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(line.rpartition(")")[2].split()[1]) == process and b"spawn_main" in command:
            found.append(int(status.parent.name))
    return found


def test_as_by_one_process_even_where_one_of_them_is_killed(asked: list[Asked], tmp_path: Path) -> None:
    alone = said(perceive_all(Library(tmp_path / "alone"), asked, "fast", 1))
    assert [one for one in alone if not isinstance(one, tuple)] == [Unfit, InputError]
    found = perceive_all(Library(tmp_path / "beside"), asked, "fast", 2)
    first = next(found)
    os.kill(children(os.getpid())[0], signal.SIGKILL)
    assert said(iter([first, *found])) == alone
    assert [fault for fault in verify(Library(tmp_path / "beside")) if fault.kind not in HARMLESS] == []


PROGRAM = """
import sys
from pathlib import Path
from ddm.acquire import picture_of
from ddm.library import Library
from ddm.library.lookers import perceive_all

if __name__ == "__main__":
    pictures = [("vase", picture_of(Path(one))) for one in sys.argv[2:]]
    for found in perceive_all(Library(sys.argv[1]), pictures, "fast", 2):
        print(found.id, flush=True)
"""


def test_killed_it_leaves_no_process_and_goes_on(asked: list[Asked], tmp_path: Path) -> None:
    script, library = tmp_path / "program.py", tmp_path / "library"
    script.write_text(PROGRAM)
    paths = [str(picture.path) for _, picture in asked[:SHOWN]]
    command = [sys.executable, str(script), str(library), *paths]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        stored = {process.stdout.readline().strip()}
        below = children(process.pid)
        process.kill()
        stored |= {line for line in process.communicate()[0].split("\n") if len(line) == 64}
    assert len(below) == 2
    until = time.monotonic() + 120
    while any(Path(f"/proc/{one}").exists() for one in below) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [one for one in below if Path(f"/proc/{one}").exists()]
    assert stored <= {one.id for one in Library(library).all()}
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    assert len(done.stdout.split()) == SHOWN
    assert len(Library(library).all()) == SHOWN


def test_a_script_that_cannot_be_imported_perceives_by_itself(asked: list[Asked], tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    lines = PROGRAM.replace('if __name__ == "__main__":', "if True:")
    script.write_text(lines)
    command = [sys.executable, str(script), str(tmp_path / "library"), *(str(one.path) for _, one in asked[:2])]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    assert done.stdout.split() == [one.sha256 for _, one in asked[:2]]
