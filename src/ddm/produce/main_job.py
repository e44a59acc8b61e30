"""The main job: sources in, creatives with their manifest and gallery out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ddm import templates
from ddm.acquire import Client
from ddm.errors import InputError
from ddm.formats.choose import chosen
from ddm.library import Library
from ddm.perceive.tiers import BEST, tier_of
from ddm.produce.batch import Row, jobs, produce, publish
from ddm.produce.ingest import Report, Tell, gather, shelve, shelve_logo, shelve_scenes
from ddm.produce.target import BEST_FILE, Wish
from ddm.serve.signing import Signer, secret_of

SERVED_AT = "http://127.0.0.1:8765"  # where `ddm serve` listens unless told otherwise


@dataclass(frozen=True)
class MainJob:
    """out: the folder; the library lies in it. templates: ids, all where empty. formats: words of `chosen`.

    wish: for the files. A type that is named is kept to: formats that refuse it are refused. A pixel ratio is the most
    that is wanted: formats that have it not get the nearest lower one.
    """

    out: Path
    templates: Sequence[str] = ()
    formats: Sequence[str] = ()
    wish: Wish = BEST_FILE
    tier: str = BEST.name

    def __post_init__(self) -> None:
        """Names that do not exist are refused before any work is done."""
        ids = [templates.find(name).id for name in self.templates]
        if twice := sorted({i for i in ids if ids.count(i) > 1}):
            raise InputError(f"two templates are called '{twice[0]}'", mend="rename a file: creatives are named by it")
        chosen(self.formats)
        tier_of(self.tier)

    @property
    def library(self) -> Path:
        return self.out / "library"

    def take_in(
        self,
        sources: Sequence[str],
        limit: int | None,
        allow_private: bool,
        scenes: Path | None,
        tell: Tell,
        logo: Path | None = None,
    ) -> Report:
        """Acquire, perceive and store. logo: of the shop, for all its products."""
        with Client(allow_private=allow_private) as client:
            report = gather(sources, self.library, client=client, limit=limit, tell=tell)
        library = Library(self.library)
        if scenes:
            report.rejected += shelve_scenes(scenes, library, self.library, tell=tell, tier=self.tier)
        if logo:
            shelve_logo(logo, library, self.library)
        shelve(report, library, tell, self.tier)
        return report

    def produce(self, report: Report, tell: Tell) -> tuple[list[Row], list[Row]]:
        """Every product in every template and format; (creatives, refusals)."""
        names = self.templates or list(templates.shipped())
        wanted = [row.id for row in chosen(self.formats)]
        todo = jobs([p.id for p in report.products], names, wanted, self.library, self.wish)
        rows = list(produce(todo, self.library, self.out, lambda done, total: tell("produce", done, total)))
        return publish([self._linked(row) for row in rows], self.out)

    def _linked(self, row: Row) -> Row:
        """With the address under which `ddm serve` gives the same creative."""
        if "reason" in row:
            return row
        signer = Signer(secret_of(self.library))
        finer = {"pixel_ratio": f"{row['pixel_ratio']:g}"} if row["pixel_ratio"] != 1 else {}
        path = signer.creative(row["product"], row["template"], row["format"], row["type"], **finer)
        return {**row, "url": SERVED_AT + path}

    def summary(self, report: Report, made: list[Row], refused: list[Row]) -> dict[str, Any]:
        """The figures of a run, for people and machines."""
        return {
            "creatives": len(made),
            "refused": len(refused),
            "products": len({row["product"] for row in made}),
            "templates": len({row["template"] for row in made}),
            "formats": len({row["format"] for row in made}),
            "rejected": [{"source": r.source, "reason": r.reason} for r in report.rejected],
            "errors": report.errors,
            "manifest": str(self.out / "manifest.jsonl"),
            "refusals": str(self.out / "refusals.jsonl"),
            "gallery": str(self.out / "index.html"),
        }
