"""A folder with a product file and drawn pictures, and a library that has seen those pictures already.

So the whole way from a source to creatives runs without model weights: what was perceived is not perceived again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

from PIL import Image

from ddm.library import Library
from ddm.perceive import model_versions
from tests.support.materials import BOWL, TEAL, TERRACOTTA, Look, drawn, perceived

LOOKS = {
    "terracotta-bowl": Look(900, 900, BOWL, fill=TERRACOTTA),
    "teal-bowl": Look(1000, 800, BOWL, fill=TEAL, band=TERRACOTTA),
}


def folder_of_products(folder: Path, library: Path) -> Path:
    """Two products with a picture each."""
    folder.mkdir(parents=True)
    shelf = Library(library)
    products = []
    for name, look in LOOKS.items():
        file = folder / f"{name}.png"
        Image.fromarray(drawn(look)[0]).save(file)
        title = name.replace("-", " ").title()
        copy = {"tagline": "Made for one stem", "cta": "Shop now"}
        products.append({"title": title, "language": "en", "price": "39 USD", "copy": copy, "pictures": [file.name]})
        known = perceived(look=look)
        perception = replace(
            known.perception, id=hashlib.sha256(file.read_bytes()).hexdigest(), models=model_versions(), product=""
        )
        shelf.put(replace(known, perception=perception))
    (folder / "product.json").write_text(json.dumps(products), "utf-8")
    return folder
