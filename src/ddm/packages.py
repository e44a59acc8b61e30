"""Runs package clients in a scratch folder of the home, and moves what is finished to its place in one step."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ddm.errors import Unavailable
from ddm.home import home

Progress = Callable[[str], None]
"""Called with one line for people whenever something begins or ends; may be called from several threads."""

TIMEOUT = 900  # seconds for one command: 170 MB on a slow line


@contextmanager
def scratch() -> Iterator[Path]:
    """A temporary folder inside the home, on the same file system, so that finished files are moved and not copied."""
    home().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".fetching-", dir=home()) as name:
        yield Path(name)


def run(command: list[str], folder: Path) -> str:
    """Standard output of a command run in `folder`. Unavailable when it is not installed, fails or takes too long."""
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=TIMEOUT, check=True)
    except FileNotFoundError:
        raise Unavailable(f"{command[0]} is not installed", mend=f"install {command[0]}") from None
    except subprocess.TimeoutExpired:
        raise Unavailable(f"{command[0]} took more than {TIMEOUT} s", " ".join(command)) from None
    except subprocess.CalledProcessError as error:
        raise Unavailable(f"{command[0]} failed: {_last_line(error)}", " ".join(command)) from None
    return done.stdout


def _last_line(error: subprocess.CalledProcessError) -> str:
    said = str(error.stderr).strip() or str(error.stdout).strip() or f"exit status {error.returncode}"
    return said.splitlines()[-1]


def replace(made: Path, target: Path) -> None:
    """Moves a finished file or folder to its place; nobody sees it half-written."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        shutil.rmtree(target)
    made.replace(target)
