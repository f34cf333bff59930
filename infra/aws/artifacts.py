"""The code bucket of a stage: packages, templates and the record of releases."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from infra.aws.account import Account
from infra.aws.template import Template

RELEASES = "releases/"


@dataclass(frozen=True, slots=True)
class Release:
    """A deployment that passed its smoke test."""

    at: str
    """UTC, as a key: releases sort by it."""
    code_key: str
    template_key: str
    """The template of the service stack."""
    values: dict[str, str]
    """What that stack was given, secrets left out."""
    shop: str
    """SHA-256 of the shop's files."""
    versions: dict[str, str]
    """The version that served, by the ARN of each function."""

    @property
    def key(self) -> str:
        """The key of its record."""
        return f"{RELEASES}{self.at}.json"

    def page_key(self, page: str) -> str:
        """Return the key of a page of this release's shop."""
        return f"shops/{self.shop}/{page}"

    def is_same_as(self, other: "Release | None") -> bool:
        """Whether code, template and shop are the same."""
        return other is not None and (self.code_key, self.template_key, self.shop) == (
            other.code_key,
            other.template_key,
            other.shop,
        )


def now() -> str:
    """Return the time, which names a release."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%SZ")


@dataclass(frozen=True, slots=True)
class Artifacts:
    """The code bucket of a stage."""

    account: Account
    bucket: str

    @property
    def _s3(self) -> Any:
        return self.account.client("s3")

    def add_package(self, file: Path, key: str) -> None:
        """Upload the zip file under the hash of its content, unless it is there already."""
        if not self._has(key):
            self._s3.upload_file(str(file), self.bucket, key)

    def given(self, template: Template) -> Mapping[str, Any]:
        """Return a template as CloudFormation accepts it. A large one is uploaded."""
        if template.is_small:
            return template.inline
        self.add_template(template)
        return self.template(template.key)

    def add_template(self, template: Template) -> None:
        """Upload a template."""
        self._s3.put_object(Bucket=self.bucket, Key=template.key, Body=template.body.encode())

    def template(self, key: str) -> Mapping[str, Any]:
        """Return an earlier template as CloudFormation accepts it."""
        return {"TemplateURL": f"{self._s3.meta.endpoint_url}/{self.bucket}/{key}"}

    def add_release(self, release: Release, pages: Mapping[str, bytes]) -> None:
        """Record a release. Its pages are uploaded first, so that every record has its pages."""
        for name, content in pages.items():
            self._s3.put_object(Bucket=self.bucket, Key=release.page_key(name), Body=content)
        self._s3.put_object(Bucket=self.bucket, Key=release.key, Body=json.dumps(asdict(release)).encode())

    def pages(self, release: Release, names: Iterable[str]) -> dict[str, bytes]:
        """Return the pages of a release by name."""
        keys = {name: release.page_key(name) for name in names}
        return {name: self.read(key) for name, key in keys.items() if self._has(key)}

    def remove_release(self, release: Release) -> None:
        """Take a release out of the record."""
        self._s3.delete_object(Bucket=self.bucket, Key=release.key)

    def releases(self) -> list[Release]:
        """All releases, the latest last."""
        pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=RELEASES)
        keys = sorted(one["Key"] for page in pages for one in page.get("Contents", ()))
        return [Release(**json.loads(self.read(key))) for key in keys]

    def current(self) -> Release | None:
        """Return the release that is deployed; None before the first deployment."""
        return next(reversed(self.releases()), None)

    def read(self, key: str) -> bytes:
        """The content of an object."""
        content: bytes = self._s3.get_object(Bucket=self.bucket, Key=key)["Body"].read()
        return content

    def _has(self, key: str) -> bool:
        try:
            self._s3.head_object(Bucket=self.bucket, Key=key)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] == HTTPStatus.NOT_FOUND:
                return False
            raise
        return True
