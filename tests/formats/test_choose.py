"""Words and filters that choose formats."""

import pytest

from ddm.errors import InputError
from ddm.formats.catalogue import catalogue
from ddm.formats.choose import chosen, select


def ids(*words: str) -> list[str]:
    return [row.id for row in chosen(words)]


def test_no_word_is_the_core() -> None:
    assert chosen() == select(collection="core")
    assert len(chosen()) == 10


def test_all() -> None:
    assert ids("all") == list(catalogue())


def test_ids_keep_their_order() -> None:
    assert ids("sky-160x600", "mrec-300x250") == ["sky-160x600", "mrec-300x250"]


def test_nothing_is_chosen_twice() -> None:
    assert ids("mrec-300x250", "mrec-*", "mrec-300x250") == ["mrec-300x250"]


def test_a_size() -> None:
    assert ids("640x400") == ["640x400"]


def test_patterns() -> None:
    assert all(name.startswith("iab-") for name in ids("iab-*"))
    assert ids("feed-1080x135?") == ["feed-1080x1350"]


@pytest.mark.parametrize("word", ["kind:story", "publisher:META", "collection:china", "ratio:0.9..1.1"])
def test_filters_as_words(word: str) -> None:
    key, value = word.split(":")
    assert chosen([word]) == select(**{key: value})
    assert chosen([word])


def test_filters_must_all_pass() -> None:
    found = select(ids=["meta-*", "snap-*"], kind="story", ratio="0.5..0.6")
    assert {row.publisher for row in found} == {"Meta", "Snapchat"}
    assert all(row.kind == "story" for row in found)


def test_ranges_include_their_ends() -> None:
    assert "square-800" in [row.id for row in select(ratio="1..1")]


@pytest.mark.parametrize(
    ("word", "says"),
    [
        ("iba-*", "no format is 'iba-*'"),
        ("kind:stroy", "there is no kind 'stroy' (did you mean 'story'?)"),
        ("publisher:Gogle", "there is no publisher 'Gogle' (did you mean 'Google'?)"),
        ("ratio:1", "'1' is no range of ratios (such as 0.9..1.1)"),
        ("ratio:90..100", "no format is 'ratio:90..100'"),
        ("colour:red", "unknown format 'colour:red'"),
        ("", "unknown format ''"),
    ],
)
def test_words_that_name_nothing(word: str, says: str) -> None:
    with pytest.raises(InputError) as caught:
        chosen([word])
    assert says in str(caught.value)
