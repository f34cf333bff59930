"""The shop's files in their bucket: assets first and the pages last, so that no page names an asset that is missing."""

import hashlib
import mimetypes
from pathlib import Path
from typing import Any
from uuid import uuid4

PAGE = "index.html"
DESK, DESK_FILE = "desk", "desk.html"
"""The operators' page: its key and the built file. The key is the path /desk, because S3 serves exactly the key that
CloudFront asks for, and no error page may stand in for it: that would replace replies of the API."""
WORKER = "sw.js"
PAGES = (DESK, PAGE, WORKER)
"""In the order of uploading. The service worker is the last: it copies the page, which must be the one it belongs to."""
ASSETS = "assets/"
FOR_EVER = "public, max-age=31536000, immutable"
"""For names that change with their content."""
ASK_AGAIN = "no-cache"
"""For names that stay: caches ask each time whether the content is still the same."""
TYPES = {".webmanifest": "application/manifest+json", ".woff2": "font/woff2", ".js": "text/javascript"}


def digest(directory: Path) -> str:
    """SHA-256 of all files."""
    total = hashlib.sha256()
    for name, file in _files(directory).items():
        total.update(f"{name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()


def pages(directory: Path) -> dict[str, bytes]:
    """The pages by key."""
    return {name: file.read_bytes() for name, file in _files(directory).items() if name in PAGES}


def upload(s3: Any, bucket: str, directory: Path) -> list[str]:
    """Upload what the bucket does not have; the names. Earlier assets stay: open tabs may still load them."""
    there = _there(s3, bucket)
    missing = {name: file for name, file in _files(directory).items() if there.get(name) != _etag(file.read_bytes())}
    for name, file in missing.items():
        put(s3, bucket, name, file.read_bytes())
    return list(missing)


def put(s3: Any, bucket: str, name: str, content: bytes) -> None:
    """Upload one file with what browsers and CloudFront have to know of it."""
    file_name = DESK_FILE if name == DESK else name
    kind = TYPES.get(Path(name).suffix) or mimetypes.guess_type(file_name)[0] or "application/octet-stream"
    caching = FOR_EVER if name.startswith(ASSETS) else ASK_AGAIN
    s3.put_object(Bucket=bucket, Key=name, Body=content, ContentType=kind, CacheControl=caching)


def invalidate(cloudfront: Any, distribution: str, names: list[str]) -> None:
    """Let CloudFront fetch anew what keeps its name; assets never change."""
    paths = [f"/{name}" for name in names if not name.startswith(ASSETS)]
    paths += ["/"] if PAGE in names else []
    if paths:
        batch = {"Paths": {"Quantity": len(paths), "Items": paths}, "CallerReference": str(uuid4())}
        cloudfront.create_invalidation(DistributionId=distribution, InvalidationBatch=batch)


def _files(directory: Path) -> dict[str, Path]:
    """By key in the order of uploading: assets, other files, the pages."""
    found = {_key(str(file.relative_to(directory))): file for file in directory.rglob("*") if file.is_file()}
    return dict(sorted(found.items(), key=lambda item: (_rank(item[0]), item[0])))


def _key(name: str) -> str:
    return DESK if name == DESK_FILE else name


def _rank(key: str) -> int:
    return PAGES.index(key) + 2 if key in PAGES else int(not key.startswith(ASSETS))


def _there(s3: Any, bucket: str) -> dict[str, str]:
    lists = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket)
    return {one["Key"]: one["ETag"].strip('"') for listed in lists for one in listed.get("Contents", ())}


def _etag(content: bytes) -> str:
    """Return the ETag that S3 gives the content: its MD5, for objects uploaded in one part."""
    return hashlib.md5(content, usedforsecurity=False).hexdigest()
