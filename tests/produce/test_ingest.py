"""What is left out when pictures are looked at is known of the product from then on."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from PIL import Image

from ddm.library import Library
from ddm.produce.ingest import gather, shelve


def test_a_product_knows_which_of_its_pictures_were_left_out(tmp_path: Path) -> None:
    ramp = np.tile(np.linspace(40, 220, 400), (400, 1))
    Image.fromarray(np.dstack([ramp, ramp.T, ramp]).astype(np.uint8)).save(tmp_path / "fog.png")
    row = {"title": "Fog", "pictures": ["fog.png"]}
    (tmp_path / "product.json").write_text(json.dumps(row))
    library = Library(tmp_path / "library")
    report = gather([str(tmp_path)], tmp_path / "library")
    shelve(report, library)
    (product,) = library.products()
    assert [one.reason.partition(":")[0] for one in product.rejected] == ["it is blurred"]
    assert [one.reason for one in report.rejected] == [one.reason for one in product.rejected]
