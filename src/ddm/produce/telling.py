"""An explanation as people read it in a terminal, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath
from typing import Any

from rich.text import Text

Row = Mapping[str, Any]
SHORT = 10  # letters of a material's id that tell it from others


def told(row: Row) -> Iterator[Text]:
    """All of it, one section after the other; sections without content are left out."""
    yield from _head(row)
    for title, lines in _sections(row):
        yield Text()
        yield Text(title, style="bold")
        yield from lines


def _head(row: Row) -> Iterator[Text]:
    yield Text(" · ".join(str(row[key]) for key in ("product", "template", "format") if key in row), style="bold")
    if not row.get("made"):
        yield Text(f"cannot be made: {row['reason']}", style="red")
    if row.get("where"):
        yield Text(str(row["where"]), style="dim")


def _sections(row: Row) -> Iterator[tuple[str, Iterator[Text]]]:
    if row.get("objects"):
        yield "Objects", (line for name, one in row["objects"].items() for line in _object(name, one))
    if row.get("relations"):
        yield "Relations", (_relation(r) for r in row["relations"])
    if row.get("gone"):
        yield "Layers that a fallback leaves out", iter([Text(f"  {' '.join(row['gone'])}")])
    if row.get("values"):
        yield "Values and where they come from", _values(row)
    if row.get("tried"):
        yield "Bindings that were tried, best first", (_attempt(r) for r in row["tried"])
    if not row.get("made") and row.get("candidates"):
        yield "Candidates", (line for name, one in row["candidates"].items() for line in _candidates(name, one))
    if row.get("scores"):
        yield "Scores", (Text(f"  {name:<16} {value:.3f}") for name, value in row["scores"].items())
    if row.get("ms"):
        yield "Time", iter([Text("  " + ", ".join(f"{name} {value} ms" for name, value in row["ms"].items()))])


def _short(id: str) -> str:
    return id[:SHORT]


def _object(name: str, one: Row) -> Iterator[Text]:
    yield Text.assemble("  ", (name, "bold cyan"), "  ", _winner(one))
    for line in (*one.get("why", ()), *_others(one)):
        yield Text(f"    {line}", style="dim")


def _winner(one: Row) -> str:
    if "text" in one:
        return f"'{one['text']}'"
    if "material" not in one:
        return "left out"
    source = PurePath(str(one.get("source", ""))).name
    return " ".join(filter(None, (_short(one["material"]), source, f"{one['score']:.3f}")))


def _others(one: Row) -> Iterator[str]:
    if one.get("runners_up"):
        yield "then " + ", ".join(f"{_short(r['material'])} {r['score']:.3f}" for r in one["runners_up"])
    for condition, count in one.get("removed", {}).items():
        yield f"{condition} removed {count} of {one['of']}"
    if one.get("shorter"):
        yield "or shorter: " + " | ".join(one["shorter"])


def _relation(r: Row) -> Text:
    return Text(f"  {r['value']:.2f}  {r['object']} {r['relation']} {r['other']}")


def _values(row: Row) -> Iterator[Text]:
    """Element by element, in the order in which they came up first."""
    for element in dict.fromkeys(one["element"] for one in row["values"]):
        yield Text(f"  {element}", style="bold cyan")
        for one in row["values"]:
            if one["element"] == element:
                yield from _value(one)


def _value(one: Row) -> Iterator[Text]:
    yield Text.assemble(f"    {one['property']} ", (str(one["value"]), "green"), f"  {one['origin']}")
    for other in one.get("alternatives", ()):
        yield Text(f"      {other['cost']:9.3f}  {other['option']}", style="dim")


def _attempt(row: Row) -> Text:
    shown = " ".join(f"{name}={_short(id)}" for name, id in row["materials"].items()) or "no pictures"
    if "refused" in row:
        return Text.assemble(f"  {shown}  score {row['score']:.3f}  ", (f"refused: {row['refused']}", "yellow"))
    return Text(f"  {shown}  score {row['score']:.3f}  cost {row['cost']:.3f}  balance {row['balance']:.3f}")


def _candidates(name: str, one: Row) -> Iterator[Text]:
    yield Text.assemble("  ", (name, "bold cyan"), f"  {one['fitting']} of {one['of']} fit  ", (one["where"], "dim"))
    for condition, count in one["removed"].items():
        yield Text(f"    {condition} removed {count}", style="dim")
    for miss in one["nearest"]:
        failed = "; ".join(f"{f['condition']}, but {f['instead']}" for f in miss["failed"])
        yield Text(f"    nearest: {_short(miss['material'])}  {failed}")
