"""URLs printed from the table are read back by it, and by the application's router."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.routing import Match, Route

from ddm.errors import InputError
from ddm.serve.routes import TABLE, Row
from ddm.serve.signing import Signer, canonical


def parts_of(row: Row) -> st.SearchStrategy[dict[str, str]]:
    return st.fixed_dictionaries({p.name: st.from_regex(p.pattern, fullmatch=True) for p in row.params})


@given(st.data(), st.sampled_from(sorted(TABLE)))
def test_print_and_parse_are_inverse_and_the_router_agrees(data: st.DataObject, name: str) -> None:
    row = TABLE[name]
    parts = data.draw(parts_of(row))
    path = unquote(row.print(**parts))
    assert row.parse(path) == parts
    route = Route(row.served, lambda _: None, methods=[row.method])
    match, child = route.matches({"type": "http", "path": path, "method": row.method, "headers": []})
    assert match is Match.FULL
    assert row.check(child["path_params"]) == parts


@given(st.text(max_size=60))
def test_parts_the_table_forbids_are_never_printed(text: str) -> None:
    row = TABLE["creative"]
    try:
        path = row.print(product=text, template="window", format="square-800", type="jpg")
    except InputError:
        return
    assert urlsplit(path).path == path
    assert row.parse(path)


pairs = st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8)), max_size=4)


@given(pairs, pairs)
def test_different_queries_are_signed_differently(one: list[tuple[str, str]], other: list[tuple[str, str]]) -> None:
    def kept(query: list[tuple[str, str]]) -> list[tuple[str, str]]:
        return sorted(pair for pair in query if pair[0] != "sig")

    assert (canonical("/a", one) == canonical("/a", other)) == (kept(one) == kept(other))


@given(st.binary(min_size=16, max_size=40), pairs)
def test_a_signature_holds_for_what_was_signed(secret: bytes, query: list[tuple[str, str]]) -> None:
    signer = Signer(secret)
    assert signer.holds("/a", query, signer.signature("/a", query))
    assert not signer.holds("/b", query, signer.signature("/a", query))


def test_secrets_do_not_show() -> None:
    assert "0123456789" not in repr(Signer(b"0123456789abcdef"))


def test_forbidden_parts_are_named() -> None:
    with pytest.raises(InputError, match="product"):
        TABLE["creative"].print(product="../x", template="window", format="square-800", type="jpg")
