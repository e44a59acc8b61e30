"""The main job refuses at the door what would go wrong later."""

import shutil
from pathlib import Path

import pytest

from ddm import templates
from ddm.errors import InputError
from ddm.produce.main_job import MainJob


def test_two_templates_of_one_name_are_refused(tmp_path: Path) -> None:
    """Their creatives would overwrite one another."""
    other = Path(shutil.copy(templates.shipped()["window"], tmp_path / "window.svg"))
    with pytest.raises(InputError, match="two templates are called 'window'"):
        MainJob(tmp_path, ["window", str(other)])
