from concurrent.futures import ThreadPoolExecutor

from ddm.render.cache import Cache


def cache(limit=10):
    return Cache(limit, len)


def test_a_value_is_made_once():
    made, held = [], cache()
    for _ in range(3):
        assert held.get("a", lambda: made.append(1) or "xx") == "xx"
    assert len(made) == 1


def test_the_least_recently_used_goes_first():
    held, made = cache(), []
    for key in "abac":
        held.get(key, lambda: "xxxx")
    for key in "acb":
        held.get(key, lambda key=key: made.append(key) or "xxxx")
    assert made == ["b"]
    assert held.bytes <= 10


def test_what_is_too_large_is_given_but_not_kept():
    held = cache()
    held.get("a", lambda: "xx")
    assert held.get("b", lambda: "x" * 99) == "x" * 99
    assert held.bytes == 2


def test_threads_get_one_value():
    held = Cache(10**6, len)
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda number: id(held.get(number % 5, lambda: "x" * 1000)), range(500)))
    assert len(found) <= 5 + 8
    assert held.bytes == 5000
