"""Creatives from a library in an object store."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddm.errors import InputError
from ddm.home import home
from ddm.library import Library
from ddm.library.opening import opened
from ddm.produce.service import Service
from ddm.serve import Order
from ddm.serve.signing import secret_of
from tests.support import s3
from tests.support.materials import product, shelf

URL = f"s3://{s3.BUCKET}/shop/library"


def test_a_creative_is_the_same_wherever_its_library_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "fonts").symlink_to(home() / "fonts")
    monkeypatch.setenv("DDM_HOME", str(tmp_path / "home"))
    order = Order("vase", "air", "square-800")
    here = Service(shelf(Library(tmp_path / "here"), product())).make(order).body
    with s3.s3_server(tmp_path / "store") as port:
        s3.use(monkeypatch, port)
        shelf(Library(URL), product())
        assert Service(opened(URL)).make(order).body == here


def test_no_key_is_drawn_where_each_machine_would_draw_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DDM_SECRET", raising=False)
    with pytest.raises(InputError, match="DDM_SECRET"):
        secret_of(URL)
