"""One URL says where a library lies."""

from __future__ import annotations

from pathlib import Path

import pytest

from ddm.errors import InputError
from ddm.library import Library
from ddm.library.place import place_of, s3_options
from tests.support.materials import Look, perceived


def test_paths_and_file_urls_are_folders(tmp_path: Path) -> None:
    assert place_of(tmp_path).folder == place_of(str(tmp_path)).folder == place_of(tmp_path.as_uri()).folder == tmp_path
    assert place_of("file:///a%20shop/library").folder == Path("/a shop/library")


def test_a_library_by_file_url_is_that_of_the_folder(tmp_path: Path) -> None:
    vase = Library((tmp_path / "a shop").as_uri()).put(perceived(look=Look(96, 96)))
    assert Library(tmp_path / "a shop").has(vase.id)


def test_buckets() -> None:
    place = place_of("s3://shop/some/library/")
    assert (place.folder, place.bucket, place.prefix) == (None, "shop", "some/library")
    assert place.tables == "s3://shop/some/library/tables"
    assert place_of("s3://shop").tables == "s3://shop/tables"


@pytest.mark.parametrize("url", ["s3://", "https://shop.example/library", "file://other-host/library", "gs://b/c"])
def test_other_urls_are_refused(url: str) -> None:
    with pytest.raises(InputError, match="names no library"):
        place_of(url)


@pytest.mark.parametrize(
    ("url", "right"),
    [
        ("s3:/shop/library", "s3://shop/library; or ./s3:/shop/library for a folder"),
        ("s3:shop", "s3://shop; or"),
        ("file:/a/library", "file:///a/library; or"),
    ],
)
def test_what_is_nearly_a_url_is_told_what_would_be_right(url: str, right: str) -> None:
    with pytest.raises(InputError, match="names no library") as caught:
        place_of(url)
    assert caught.value.mend.startswith(right)


def test_a_path_that_was_a_url_is_no_folder() -> None:
    with pytest.raises(InputError, match="needs a library in a folder"):
        place_of(Path("s3://shop/library"))


def test_a_folder_may_have_a_colon_in_its_name() -> None:
    assert place_of("./s3:/shop").folder == Path("./s3:/shop")


def test_only_a_plain_endpoint_is_reached_without_tls() -> None:
    assert s3_options({}) == {"aws_region": "us-east-1"}
    plain = s3_options({"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_REGION": "eu-west-1"})
    assert plain == {"aws_region": "eu-west-1", "aws_endpoint": "http://127.0.0.1:9", "allow_http": "true"}
    assert s3_options({"AWS_ENDPOINT_URL": "https://s3.example"})["allow_http"] == "false"
