"""Colours by role, and pictures brought together in tone."""

from ddm.language.operations.row import ROLES, SHAPES, Operation, Parameter

_PALETTE = Parameter("from", "name", "The palette's id.", required=True, refers="palette")

COLOUR = (
    Operation(
        "recolour",
        "colour",
        SHAPES,
        "Fill with a role of the palette, or shade from one role to another.",
        (
            Parameter("role", "word", "The role.", required=True, choices=ROLES),
            Parameter("to", "word", "Shade towards this role.", choices=ROLES),
            Parameter(
                "angle", "degrees", "Direction of the shading, 0 to the right, 90 down.", "90", low=-360, high=360
            ),
            _PALETTE,
        ),
    ),
    Operation(
        "tone",
        "colour",
        ("image",),
        "Show the picture as another picture's camera and light would, or bring it towards a palette; a product's "
        "colour stays known.",
        (
            Parameter("like", "name", "The picture it is matched to.", refers="picture"),
            Parameter("from", "name", "The palette it is matched to.", refers="palette"),
            Parameter("strength", "share", "How far.", "50%", low=0, high=1),
        ),
    ),
    Operation(
        "tint",
        "colour",
        ("image",),
        "Draw the picture in one hue; its lights and darks stay.",
        (
            Parameter("role", "word", "The colour's role.", required=True, choices=ROLES),
            _PALETTE,
            Parameter("strength", "share", "How far.", "60%", low=0, high=1),
            Parameter("lights", "word", "The role of what white becomes: a second hue; else it stays.", choices=ROLES),
        ),
    ),
    Operation(
        "blur",
        "colour",
        ("image",),
        "Put the picture out of focus.",
        (Parameter("sigma", "share", "Blur as part of the longer side.", "1.5%", low=0.0005, high=0.1),),
    ),
    Operation(
        "scrim",
        "colour",
        ("g", "text"),
        "Where no ink can be read on the ground, lay a soft veil beneath the copy; no more than is needed.",
        (Parameter("most", "share", "Limit of its opacity.", "55%", low=0, high=1),),
    ),
    Operation(
        "ink",
        "colour",
        ("g", "text"),
        "Choose the colour of the copy from the palette so that it can be read on what lies beneath.",
        (
            _PALETTE,
            Parameter("contrast", "number", "Least WCAG contrast ratio.", "4.5", low=1, high=21),
            Parameter("role", "word", "The colour wished for, where it can be read.", choices=ROLES),
        ),
    ),
)
