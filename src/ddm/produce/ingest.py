"""Sources into the library: acquired, perceived, stored; what failed is told and the rest goes on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from ddm.acquire import Client, Picture, Product, Rejection, acquire, acquire_logo, acquire_scenes
from ddm.errors import DdmError, Unfit
from ddm.library import Library
from ddm.library.lookers import perceive_all
from ddm.perceive.tiers import BEST

Tell = Callable[[str, int, int], None]
"""What is being done, how many are done, how many there are (0: not known)."""


@dataclass
class Report:
    """What came in. products in order of arrival; rejected: pages and pictures left out, with the reason; errors: what
    could not be read at all."""

    products: list[Product] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def silent(what: str, done: int, total: int) -> None:
    """Nobody listens."""


def gather(
    sources: Iterable[str], cache: Path, *, client: Client | None = None, limit: int | None = None, tell: Tell = silent
) -> Report:
    """The products of all sources. A source that cannot be read is an error in the report; the others go on."""
    report = Report()
    for source in sources:
        try:
            for found in acquire(source, cache=cache, client=client, limit=limit, progress=tell):
                if isinstance(found, Product):
                    report.products.append(found)
                    report.rejected.extend(found.rejected)
                    report.errors += [f"{r.source}: {r.reason}" for r in found.rejected if r.fault]
                else:
                    report.rejected.append(found)
                    report.errors.append(f"{found.source}: {found.reason}")
        except DdmError as error:
            report.errors.append(str(error))
    return report


def _perceive_all(pictures: list[tuple[str, Picture]], library: Library, tell: Tell, tier: str) -> Iterator[Rejection]:
    """Perceive and store what the library does not hold yet; yields the pictures that could not or should not be."""
    found = perceive_all(library, pictures, tier)
    for done, (_, picture) in enumerate(pictures):
        tell(f"perceive {picture.source.rsplit('/', 1)[-1]}", done, len(pictures))
        seen = next(found)
        if isinstance(seen, DdmError):
            yield _rejection(picture, seen)
    tell("perceived", len(pictures), len(pictures))


def _rejection(picture: Picture, error: DdmError) -> Rejection:
    unfit = isinstance(error, Unfit)
    return Rejection(picture.source, error.what if unfit else str(error), fault=not unfit)


def shelve(report: Report, library: Library, tell: Tell = silent, tier: str = BEST.name) -> None:
    """Perceive every picture of the report's products and store both; what is left out joins the report.

    tier: how closely pictures are looked at, of `ddm.perceive.tiers`.
    """
    pictures = [(product.id, picture) for product in report.products for picture in product.pictures]
    failed = list(_perceive_all(pictures, library, tell, tier))
    report.rejected += failed
    report.errors += [f"{f.source}: {f.reason}" for f in failed if f.fault]
    for product in report.products:
        library.put_product(_without(product, failed))


def _without(product: Product, failed: Iterable[Rejection]) -> Product:
    """The product that knows which of its pictures were left out when they were looked at."""
    sources = {picture.source for picture in product.pictures}
    lost = tuple(one for one in failed if one.source in sources and one not in product.rejected)
    return replace(product, rejected=(*product.rejected, *lost))


def shelve_scenes(
    folder: Path,
    library: Library,
    cache: Path,
    *,
    names: Collection[str] = (),
    tell: Tell = silent,
    tier: str = BEST.name,
) -> list[Rejection]:
    """The pictures of a folder as backdrops, those of these file names where any are given; returns those left out."""
    pictures, rejected = acquire_scenes(folder, cache=cache)
    wanted = [("", p) for p in pictures if not names or Path(p.source).name in names]
    return [*rejected, *_perceive_all(wanted, library, tell, tier)]


def shelve_logo(file: Path, library: Library, cache: Path) -> None:
    """A picture file as the mark of the shop, for all products. Raises InputError where it cannot be one."""
    library.perceive(acquire_logo(file, cache=cache), "")
