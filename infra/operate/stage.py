"""The API of one stage, called with an admin's token."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin
from urllib.request import HTTPRedirectHandler, OpenerDirector, ProxyHandler, Request, build_opener

from infra.local import settings
from infra.local.run_state import required
from infra.problems import PlatformError
from infra.tokens import issue_admin_token

TIMEOUT_SECONDS = 30  # API Gateway answers after 29 at the latest
ESSENCE_LENGTH = 200
NO_NAMES: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Stage:
    """The address of the API and an admin's token."""

    url: str
    token: str
    is_here: bool = False
    """The stage runs on this machine, so no proxy is used."""

    def get(self, path: str) -> Any:
        """Return the resource. Raise PlatformError with the cause if the stage refuses or can't be reached."""
        body, _ = self._answer("GET", self.url + path)
        return body

    def send(self, method: str, path: str, body: object, names: Mapping[str, str] | None = None) -> Any:
        """Send a JSON body and return the answer. Raise PlatformError as `get` does.

        `names` are the caller's names of members, by which a refusal's explanation calls them.
        """
        answer, _ = self._answer(method, self.url + path, json.dumps(body).encode(), names or {})
        return answer

    def pages(self, path: str, names: Mapping[str, str] = NO_NAMES) -> Iterator[Any]:
        """Yield every entry of a list, page after page. Raise PlatformError as `send` does."""
        url = self.url + path
        while True:
            page, link = self._answer("GET", url, names=names)
            yield from page
            if not link:
                return
            url = urljoin(url, link.partition("<")[2].partition(">")[0])

    def _answer(
        self, method: str, url: str, body: bytes | None = None, names: Mapping[str, str] = NO_NAMES
    ) -> tuple[Any, str]:
        """Return the body and the Link header of the reply."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        try:
            request = Request(url, body, headers, method=method)  # noqa: S310 - `stage` has seen to the scheme
            with self._opener().open(request, timeout=TIMEOUT_SECONDS) as reply:
                return json.loads(reply.read()), reply.headers.get("Link", "")
        except HTTPError as error:
            raise PlatformError(_refusal(error, names)) from error
        except URLError as error:
            raise PlatformError(f"The API at {self.url} can't be reached: {error.reason}.") from error
        except (OSError, HTTPException, ValueError) as error:  # cut off, or no HTTP, or no JSON
            raise PlatformError(f"The server at {self.url} is not the shop's API: {type(error).__name__}.") from error

    def _opener(self) -> OpenerDirector:
        return build_opener(_NoRedirects, *([ProxyHandler({})] if self.is_here else []))


class _NoRedirects(HTTPRedirectHandler):
    """Refuses redirects: the API has none, and another server must not get the token."""

    def redirect_request(self, *_: object) -> None:
        """Refuse."""


def stage() -> Stage:
    """Return the stage of API_URL, or else the current run of this machine."""
    chosen = settings.read()
    url, token = (chosen.system.get(name, "").strip() for name in ("API_URL", "ADMIN_TOKEN"))
    if not url:
        state = required(chosen.run_directory)
        return Stage(state.api_url.rstrip("/"), issue_admin_token(state.service), is_here=True)
    if not url.startswith(("http://", "https://")):
        raise PlatformError("API_URL must begin with http:// or https://.")
    if not (token.isascii() and token.isprintable() and token):
        raise PlatformError("ADMIN_TOKEN must hold an admin's token for the API at API_URL.")
    return Stage(url.rstrip("/"), token)


def _refusal(error: HTTPError, names: Mapping[str, str]) -> str:
    """Return the stage's explanation, field by field, with the caller's names of fields."""
    with error:
        text = error.read().decode(errors="replace")
    try:
        problem = json.loads(text)
        faults = [f"\n  {_named(fault['field'], names)}: {fault['message']}" for fault in problem.get("errors", [])]
        return f"{problem['detail']}{''.join(faults)}"
    except (ValueError, TypeError, KeyError, AttributeError):  # not in the API's words
        status = f"{error.code} {HTTPStatus(error.code).phrase if error.code in set(HTTPStatus) else ''}".strip()
        return f"It was refused with {status}: {text[:ESSENCE_LENGTH]}"


def _named(field: str, names: Mapping[str, str]) -> str:
    return names.get(field, field or "body")
