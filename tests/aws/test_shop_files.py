"""The shop's files on their way to the bucket."""

import hashlib
from pathlib import Path

import pytest

from infra.aws import shop_files
from tests.aws.scripted import REGION, Aws

FILES = {
    "index.html": "<script src=/assets/a-1.js>",
    "desk.html": "<script src=/assets/a-1.js async>",
    "favicon.svg": "<svg>",
    "site.webmanifest": "{}",
    "sw.js": "worker",
    "assets/a-1.js": "code",
    "assets/b-2.woff2": "font",
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A built shop."""
    for name, content in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content)
    return tmp_path


@pytest.fixture(autouse=True)
def bucket(aws: Aws) -> None:
    """An empty bucket and a distribution."""
    aws.answers("s3.ListObjectsV2", {})
    aws.answers("s3.PutObject", {})
    aws.answers("cloudfront.CreateInvalidation", {})


def upload(aws: Aws, shop: Path) -> list[str]:
    """Upload; the names."""
    return shop_files.upload(aws.account.client("s3"), "shop", shop)


def test_assets_come_first_and_the_pages_last(aws: Aws, shop: Path) -> None:
    upload(aws, shop)
    keys = [one["Key"] for one in aws.called("s3.PutObject")]
    others = ["favicon.svg", "site.webmanifest", "desk", "index.html", "sw.js"]
    assert keys == ["assets/a-1.js", "assets/b-2.woff2", *others]


def test_what_the_bucket_has_is_not_uploaded_again(aws: Aws, shop: Path) -> None:
    keys = {"desk.html": "desk"}
    there = [
        {"Key": keys.get(name, name), "ETag": f'"{hashlib.md5(text.encode()).hexdigest()}"'}  # noqa: S324 - S3's
        for name, text in FILES.items()
    ]
    aws.answers("s3.ListObjectsV2", {"Contents": there})
    assert upload(aws, shop) == []
    (shop / "index.html").write_text("<html>")
    assert upload(aws, shop) == ["index.html"]


def test_only_names_that_change_with_their_content_are_kept_for_ever(aws: Aws, shop: Path) -> None:
    upload(aws, shop)
    caching = {one["Key"]: one["CacheControl"] for one in aws.called("s3.PutObject")}
    for name, value in caching.items():
        assert ("immutable" in value) == name.startswith("assets/")
    assert caching["index.html"] == "no-cache"


def test_browsers_are_told_what_each_file_is(aws: Aws, shop: Path) -> None:
    upload(aws, shop)
    kinds = {one["Key"]: one["ContentType"] for one in aws.called("s3.PutObject")}
    assert kinds == {
        "assets/a-1.js": "text/javascript",
        "assets/b-2.woff2": "font/woff2",
        "favicon.svg": "image/svg+xml",
        "site.webmanifest": "application/manifest+json",
        "sw.js": "text/javascript",
        "desk": "text/html",
        "index.html": "text/html",
    }


def test_cloudfront_forgets_what_keeps_its_name(aws: Aws) -> None:
    cloudfront = aws.account.client("cloudfront", REGION)
    shop_files.invalidate(cloudfront, "distribution", ["assets/a-1.js", "favicon.svg", "desk", "index.html"])
    (made,) = aws.called("cloudfront.CreateInvalidation")
    assert made["InvalidationBatch"]["Paths"] == {
        "Quantity": 4,
        "Items": ["/favicon.svg", "/desk", "/index.html", "/"],
    }


def test_nothing_is_forgotten_where_only_assets_are_new(aws: Aws) -> None:
    shop_files.invalidate(aws.account.client("cloudfront", REGION), "distribution", ["assets/a-1.js"])
    assert aws.changing == []


def test_a_shop_is_another_when_a_file_is(shop: Path) -> None:
    before = shop_files.digest(shop)
    assert shop_files.digest(shop) == before
    (shop / "favicon.svg").write_text("<svg/>")
    assert shop_files.digest(shop) != before
