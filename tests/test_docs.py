"""The documents: their links resolve, their templates compile, and the commands they show exist."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer

from ddm.cli import app
from ddm.errors import Unfit
from ddm.formats import catalogue
from ddm.formats.choose import chosen
from ddm.language.compile import compile_text
from ddm.language.template import Template
from ddm.match import Pool, bindings, match
from ddm.resolve import best
from ddm.typeset import typesetter
from tests.support.materials import derive, material, product

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
TUTORIAL = (ROOT / "docs" / "LANGUAGE.md").read_text("utf-8")
STEPS = dict(re.findall(r"```svg (\S+)\n(.*?)```", TUTORIAL, re.DOTALL))
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def prose(path: Path) -> str:
    """The document without its code."""
    return re.sub(r"```.*?```|`[^`\n]*`", "", path.read_text("utf-8"), flags=re.DOTALL)


def anchor(heading: str) -> str:
    """How Markdown viewers name a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(path: Path) -> set[str]:
    return {anchor(heading) for heading in re.findall(r"^#+ (.*)$", path.read_text("utf-8"), re.MULTILINE)}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_resolve(path: Path) -> None:
    for link in LINK.findall(prose(path)):
        if link.startswith("https://"):
            continue
        name, _, place = link.partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), link
        assert not place or place in anchors(target), link


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_text_ends_where_it_ends(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"[ \t]+$", text, re.MULTILINE)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")


def test_pictures_are_small() -> None:
    assert sum(path.stat().st_size for path in (ROOT / "docs" / "pictures").iterdir()) < 1_200_000


@pytest.mark.parametrize(
    ("heading", "name"),
    [("What is measured", "what-is-measured"), ("1. Draw it", "1-draw-it"), ("`ddm:fit`", "ddmfit")],
)
def test_anchors_are_those_of_viewers(heading: str, name: str) -> None:
    assert anchor(heading) == name


# ------------------------------------------------------------------------------------------------ the tutorial


def template(name: str) -> Template:
    return compile_text(STEPS[name], name.removesuffix(".svg"), name)[0]


@pytest.mark.parametrize("name", [name for name in STEPS if name != "step-1.svg"])
def test_templates_compile(name: str) -> None:
    assert compile_text(STEPS[name], name, name)[1] == []


def test_the_plain_drawing_is_found_wanting_as_told() -> None:
    told = re.search(r"```text\n(.*?)\n```", TUTORIAL, re.DOTALL)
    assert told is not None
    assert "\n".join(map(str, compile_text(STEPS["step-1.svg"], "step-1", "step-1.svg")[1])) == told[1]


@pytest.mark.parametrize(
    ("slip", "told"),
    [("subject.aera le 1%", "did you mean 'subject.area'?"), ("text.area le 6px", "text.area is in %, not in px")],
)
def test_slips_are_answered_as_told(slip: str, told: str) -> None:
    text = STEPS["step-2.svg"].replace("text.area le 6%", slip)
    (finding,) = compile_text(text)[1]
    assert f"*{told}*" in " ".join(TUTORIAL.split())
    assert told in str(finding)


def test_the_last_step_serves_every_format() -> None:
    whole, bought, materials = template("step-5.svg"), product(), [material()]
    for format_ in chosen():
        try:
            made = best(whole, bindings(whole, bought, materials), format_, bought, typesetter(), derive)
        except Unfit as reason:
            pytest.fail(f"{format_.id}: {reason}")
        assert {origin.value for origin in made.trace.origins if origin.property == "arrangement"} == {
            "banner" if format_.ratio >= 5 else "stacked"
        }


def small_shop() -> Pool:
    """A product with three pictures, two more products, two backdrops and a mark."""
    mine = [material(name, rank=float(rank)) for rank, name in enumerate("abc")]
    others = [material("d", "jug"), material("e", "bowl")]
    more = [material("x", "", role="scene"), material("y", "", role="scene"), material("m", "", role="logo")]
    return Pool([*mine, *others, *more], [product(), product("jug", title="Jug"), product("bowl", title="Bowl")])


EXAMPLES = [name for name in STEPS if not name.startswith("step-")]


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("format_", ["square-800", "link-1200x628", "story-1080x1920"])
def test_examples_are_resolved(name: str, format_: str) -> None:
    whole, bought = template(name), product(rating=4.6)
    found = match(whole, bought, small_shop())
    made = best(whole, found, catalogue.find(format_), bought, typesetter(), derive)
    assert not [why for choice in made.binding.choices.values() for why in choice.why if "are dropped" in why]


# ------------------------------------------------------------------------------------------------ Python


def python_blocks() -> list[str]:
    texts = (path.read_text("utf-8") for path in DOCUMENTS)
    return [block for text in texts for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL)]


@pytest.mark.parametrize("code", python_blocks())
def test_python_compiles_and_its_imports_exist(code: str) -> None:
    imports = [node for node in ast.parse(code).body if isinstance(node, ast.Import | ast.ImportFrom)]
    exec(compile(ast.Module(imports, []), "README.md", "exec"), {})
    assert imports


# ------------------------------------------------------------------------------------------------ the commands


def commands() -> Iterator[list[str]]:
    """Every `ddm …` in a shell block of the documents, without its comment."""
    for path in DOCUMENTS:
        for block in re.findall(r"```sh\n(.*?)```", path.read_text("utf-8"), re.DOTALL):
            for line in block.replace("\\\n", " ").splitlines():
                if line.startswith("ddm "):
                    yield shlex.split(line.partition(" >")[0], comments=True)[1:]


SHOWN = list(commands())


def test_commands_are_shown() -> None:
    assert len(SHOWN) > 10


@pytest.mark.parametrize("words", SHOWN, ids=" ".join)
def test_commands_exist_with_their_options(words: list[str]) -> None:
    command = typer.main.get_command(app)
    while words and hasattr(command, "commands"):
        assert words[0] in command.commands, words[0]
        command, words = command.commands[words[0]], words[1:]
    known = {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}
    assert {word for word in words if word.startswith("-")} <= known


def test_every_command_is_shown() -> None:
    command = typer.main.get_command(app)
    assert set(command.commands) <= {words[0] for words in SHOWN}
