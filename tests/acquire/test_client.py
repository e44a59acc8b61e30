"""The client against servers that misbehave."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest

from ddm.acquire.client import Client, Limits
from ddm.acquire.network import Waits
from ddm.errors import InputError, Unavailable
from tests.acquire.server import Site, answer, in_turn, serve

QUICK = Limits(Waits(connect=2, read=0.6, total=1.5), attempts=3, backoff=0.01, pause=0.0)


@pytest.fixture
def site() -> Iterator[Site]:
    with serve({"/": answer("<p>hello</p>")}) as running:
        yield running


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def client(slept: list[float]) -> Iterator[Client]:
    with Client(allow_private=True, limits=QUICK, sleep=slept.append) as made:
        yield made


def test_a_page_comes_with_its_type_and_charset(site: Site, client: Client) -> None:
    found = client.page(f"{site.url}/")
    assert (found.body, found.media_type, found.charset) == (b"<p>hello</p>", "text/html", "utf-8")


def test_the_agent_names_the_project(site: Site, client: Client) -> None:
    client.page(f"{site.url}/")
    assert all(sent["User-Agent"].startswith("ddm/0.1") for sent in site.headers)


def test_robots_is_asked_once_and_obeyed(site: Site, client: Client) -> None:
    site.routes["/robots.txt"] = answer("User-agent: *\nDisallow: /private/", content_type="text/plain")
    site.routes["/private/page"] = answer("secret")
    client.page(f"{site.url}/")
    with pytest.raises(Unavailable, match=r"robots\.txt forbids"):
        client.page(f"{site.url}/private/page")
    assert site.asked == ["/robots.txt", "/"]


def test_robots_may_address_this_project_alone(site: Site, client: Client) -> None:
    site.routes["/robots.txt"] = answer("User-agent: ddm\nDisallow: /\n\nUser-agent: *\nAllow: /")
    with pytest.raises(Unavailable, match=r"robots\.txt forbids"):
        client.page(f"{site.url}/")


def test_a_missing_robots_allows_all(site: Site, client: Client) -> None:
    site.routes["/robots.txt"] = answer("", 403)
    assert client.page(f"{site.url}/").status == 200


@pytest.mark.parametrize("status", [500, 503, 429])
def test_a_failing_robots_forbids_all(site: Site, client: Client, status: int) -> None:
    site.routes["/robots.txt"] = answer("", status)
    with pytest.raises(Unavailable, match=f"could not be read: status {status}"):
        client.page(f"{site.url}/")


def test_crawl_delay_is_kept(site: Site, client: Client, slept: list[float]) -> None:
    site.routes["/robots.txt"] = answer("User-agent: *\nCrawl-delay: 5")
    for _ in range(3):
        client.page(f"{site.url}/")
    assert len(slept) == 2
    assert 4 < slept[0] <= 5
    assert 9 < slept[1] <= 10


def test_too_many_requests_waits_as_long_as_asked(site: Site, client: Client, slept: list[float]) -> None:
    site.routes["/busy"] = in_turn(answer("", 429, retry_after="7"), answer("at last"))
    assert client.page(f"{site.url}/busy").body == b"at last"
    assert slept == [7.0]


def test_an_endless_retry_after_is_not_waited_for(site: Site, client: Client, slept: list[float]) -> None:
    site.routes["/busy"] = answer("", 503, retry_after="86400")
    with pytest.raises(Unavailable, match="86400 s of patience"):
        client.page(f"{site.url}/busy")
    assert slept == []


def test_retry_after_may_be_a_date(site: Site, client: Client, slept: list[float]) -> None:
    site.routes["/busy"] = in_turn(answer("", 503, retry_after="Wed, 21 Oct 2015 07:28:00 GMT"), answer("ok"))
    client.page(f"{site.url}/busy")
    assert slept == [0.0]


def test_server_errors_are_tried_three_times_with_growing_pauses(
    site: Site, client: Client, slept: list[float]
) -> None:
    site.routes["/broken"] = answer("", 500)
    with pytest.raises(Unavailable, match="status 500") as caught:
        client.page(f"{site.url}/broken")
    assert site.asked.count("/broken") == 3
    assert slept == [0.01, 0.02]
    assert caught.value.where == f"{site.url}/broken"


def test_not_found_is_said_at_once(site: Site, client: Client) -> None:
    with pytest.raises(Unavailable, match="status 404"):
        client.page(f"{site.url}/nothing")
    assert site.asked.count("/nothing") == 1


def test_a_silent_server_times_out(site: Site, client: Client) -> None:
    done = threading.Event()

    def silent(handler: BaseHTTPRequestHandler) -> None:
        done.wait(5)

    site.routes["/silent"] = silent
    with pytest.raises(Unavailable, match="did not answer in time"):
        client.page(f"{site.url}/silent")
    done.set()


def test_a_dripping_server_meets_the_total_limit(site: Site, client: Client) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b".")
            time.sleep(0.1)

    site.routes["/drip"] = drip
    with pytest.raises(Unavailable, match="did not answer in time"):
        client.page(f"{site.url}/drip")


def test_a_body_that_breaks_off_is_no_answer(site: Site, client: Client) -> None:
    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"half")
        handler.close_connection = True

    site.routes["/cut"] = cut
    with pytest.raises(Unavailable, match="broke off"):
        client.page(f"{site.url}/cut")


def test_a_declared_size_over_the_limit_is_not_read(site: Site, client: Client) -> None:
    site.routes["/huge"] = answer(b"", content_length="999999999")
    with pytest.raises(InputError, match="999,999,999 bytes"):
        client.page(f"{site.url}/huge")


def test_a_body_that_lies_about_nothing_is_cut_off_while_it_streams(site: Site, client: Client) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        handler.close_connection = True
        for _ in range(1000):
            handler.wfile.write(b"x" * 65536)

    site.routes["/endless"] = endless
    with pytest.raises(InputError, match="too big"):
        client.get(f"{site.url}/endless", 300_000)


def test_packed_pages_are_unpacked(site: Site, client: Client) -> None:
    site.routes["/packed"] = answer(gzip.compress(b"<p>small</p>"), content_encoding="gzip")
    assert client.page(f"{site.url}/packed").body == b"<p>small</p>"


def test_a_bomb_is_noticed_before_it_is_unpacked(site: Site, client: Client) -> None:
    site.routes["/bomb"] = answer(gzip.compress(b"\0" * 50_000_000), content_encoding="gzip")
    with pytest.raises(InputError, match="too big: over 8,0"):
        client.page(f"{site.url}/bomb")


def test_a_packed_page_cut_short_is_no_answer(site: Site, client: Client) -> None:
    site.routes["/cut"] = answer(gzip.compress(b"hello" * 1000)[:-20], content_encoding="gzip")
    with pytest.raises(Unavailable, match="packed answer breaks off"):
        client.page(f"{site.url}/cut")


def test_redirects_are_followed_to_the_final_address(site: Site, client: Client) -> None:
    site.routes["/old"] = answer("", 301, location="/new")
    site.routes["/new"] = answer("moved")
    assert client.page(f"{site.url}/old").url == f"{site.url}/new"


def test_redirects_in_a_circle_end(site: Site, client: Client) -> None:
    site.routes["/circle"] = answer("", 302, location="/circle")
    with pytest.raises(Unavailable, match="more than 5 redirects"):
        client.page(f"{site.url}/circle")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.com/x", "gopher://example.com"])
def test_redirects_lead_to_no_other_protocol(site: Site, client: Client, target: str) -> None:
    site.routes["/away"] = answer("", 302, location=target)
    with pytest.raises(InputError, match="are not fetched"):
        client.page(f"{site.url}/away")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "0.0.0.0", "[::ffff:7f00:1]"]
)
def test_private_addresses_are_refused(host: str) -> None:
    with Client(limits=QUICK) as careful, pytest.raises(InputError, match="no public address"):
        careful.page(f"http://{host}/")


def test_a_redirect_does_not_lead_around_the_address_rule(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host passes as public, the redirect leads to another private one, which must not."""
    site.routes["/page"] = answer("", 302, location=site.url.replace("127.0.0.1", "127.0.0.2") + "/inside")
    monkeypatch.setattr("ddm.acquire.network.is_public", lambda address: address == "127.0.0.1")
    with Client(limits=QUICK) as careful, pytest.raises(InputError, match=r"127\.0\.0\.2, which is no public address"):
        careful.page(f"{site.url}/page")
    assert "/inside" not in site.asked


@pytest.mark.parametrize(
    "url", ["ftp://example.com/", "file:///etc/passwd", "javascript:alert(1)", "http://", "http://[", "x"]
)
def test_other_urls_are_refused(client: Client, url: str) -> None:
    with pytest.raises(InputError):
        client.page(url)


def test_credentials_are_refused_and_not_repeated(client: Client) -> None:
    with pytest.raises(InputError, match="name or password") as caught:
        client.page("http://me:secret@example.com/")
    assert "secret" not in str(caught.value)


def test_a_closed_port_is_unavailable(client: Client) -> None:
    with pytest.raises(Unavailable, match="no connection"):
        client.page("http://127.0.0.1:9/")


def test_an_unknown_host_is_unavailable(client: Client) -> None:
    with pytest.raises(Unavailable, match="has no address"):
        client.page("http://no-such-host.invalid/")


def test_few_requests_run_at_a_time(site: Site) -> None:
    running, most, lock = [0], [0], threading.Lock()

    def busy(handler: BaseHTTPRequestHandler) -> None:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        time.sleep(0.05)
        with lock:
            running[0] -= 1
        answer("done")(handler)

    site.routes["/busy"] = busy
    with Client(allow_private=True, limits=QUICK) as polite:
        threads = [threading.Thread(target=polite.page, args=(f"{site.url}/busy",)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert site.asked.count("/busy") == 6
    assert most[0] <= 2
