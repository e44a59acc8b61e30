"""The demo: a shop served on loopback, harvested over HTTP, perceived, and made into creatives in two languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ddm import models
from ddm.acquire import Client
from ddm.demo.shop import catalogue, serve_shop
from ddm.library import Library
from ddm.produce.ingest import Tell, gather, shelve, shelve_scenes
from ddm.produce.main_job import MainJob

PRODUCTS = 16  # half from each storefront
SCENES = (  # interiors with room in front, perceived as backdrops
    "pexels-3062948.jpg",
    "pexels-6373478.jpg",
    "pexels-6615808.jpg",
    "pexels-6963788.jpg",
    "pexels-7303992.jpg",
    "pexels-cup-of-couple-7303987.jpg",
)


def pages(base: str) -> list[str]:
    """Product pages of both storefronts, turn about, so that each product appears in one language."""
    slugs = [product["slug"] for product in catalogue()["products"]][:PRODUCTS]
    return [f"{base}/{('en', 'zh')[turn % 2]}/p/{slug}.html" for turn, slug in enumerate(slugs)]


def run(out: Path, tell: Tell) -> dict[str, Any]:
    """Everything from the shop to the gallery in `out`; the figures of the run."""
    job = MainJob(out)
    with serve_shop() as base, Client(allow_private=True) as client:
        report = gather(pages(base), job.library, client=client, tell=tell)
    library = Library(job.library)
    report.rejected += shelve_scenes(models.pictures("interiors"), library, job.library, names=SCENES, tell=tell)
    shelve(report, library, tell)
    made, refused = job.produce(report, tell)
    return job.summary(report, made, refused)
