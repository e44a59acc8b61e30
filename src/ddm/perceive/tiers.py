"""How closely a picture is looked at: the table of tiers, from quick to thorough.

Measured on composed pictures of 1500 pixels (four cut-outs each on a studio's ground, a blurred and a sharp room),
intersection over union of the matte with the true one, before anything is mended: ISNet at 1024 .994 .995 .834, at 768
.990 .993 .792, at 640 .991 .992 .785, at 512 .987 .991 .591, at 448 .957 .979 .586; U2Net at 320 .984 .978 .950, at 256
.981 .977 .878. So the second network alone, which here took the room for its subject least, makes the fast tier; its
edges are coarser (mean error in the edge's band .18 .17 .17, where ISNet at 1024 has .06 .03 .07). At 224 it takes 50
CPU ms less, and .975 .975 .799 are left; at 192 .967 .970 .588. In eight bits ISNet at 1024 loses .0001, .0000 and
-.0009 (edge error +2 % in studios and blurred rooms), U2Net at 256 .001, .005 and -.004. Drawn to the edges (`edges`),
on six other cut-outs, U2Net at 288 has .996 .998 .904, at 256 .996 .998 .869, at 224 .996 .997 .829; its edge error at
256 is .054 in studios and .045 on blurred grounds, as drawn .148 both. With one network there is no second opinion: in
rooms `matte.quality` of the fast tier may be high where the matte is wrong.

Without its last stage (`half_way`) U2Net at 256 takes 157 CPU ms instead of 215. On nine other cut-outs both have .996
.998 and .913 with it, .996 .998 .912 without; at 224 as a whole, which takes as long, rooms lose .05.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ddm.errors import InputError


@dataclass(frozen=True, slots=True)
class Tier:
    """fine, coarse, text, faces: sides in pixels at which ISNet, U2Net, the finder of text and that of faces look; no
    ISNet for 0. half_way: U2Net is asked for what it draws before its last stage. without: networks that are not asked.

    trust: what confidences are multiplied by, since a tier that looks less closely can be less sure.
    """

    name: str
    fine: int
    coarse: int
    text: int
    faces: int
    half_way: bool = False
    without: frozenset[str] = frozenset()
    trust: Mapping[str, float] = field(default_factory=dict)


BEST = Tier("best", fine=1024, coarse=320, text=576, faces=640)
FAST = Tier(
    "fast",
    fine=0,
    coarse=256,
    text=448,
    faces=448,
    half_way=True,
    without=frozenset({"isnet-int8"}),
    # recall of text .928 at 448 to .979 at 576, see `text.SIDE`; 13 of the 14 faces found in 103 pictures at 640
    trust={"text.sure": 0.95, "face.sure": 0.93},
)
TIERS = {tier.name: tier for tier in (FAST, BEST)}
"""By name, the quickest first."""
KEY = "tier"
"""The key of a tier's name among the versions of a record."""


def tier_of(name: str) -> Tier:
    """InputError for a name that is none."""
    try:
        return TIERS[name]
    except KeyError:
        raise InputError(f"there is no tier '{name}'", mend=f"one of {', '.join(TIERS)}") from None


def higher(asked: str, versions: Mapping[str, str]) -> str:
    """The tier of a record's versions where that is the closer look, else the one asked for: what was looked at closely
    is not looked at again in haste."""
    order, was = list(TIERS), versions.get(KEY, "")
    return was if was in order and order.index(was) > order.index(tier_of(asked).name) else asked
