"""What admins may set as a product's picture: an image by its address, or one of the shop's drawn pictures."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from chalicelib.errors import InvalidRequest

IMAGE_URL = r"^(https://[a-z0-9.-]+(:[0-9]{1,5})?/|/[!-.0-\[\]-~])[!-~]*$"  # not `//` and `/\`, which name other hosts

ImageUrl = Annotated[
    str,
    Field(
        pattern=IMAGE_URL,
        max_length=2000,
        description="An https URL of one of IMAGE_ORIGINS, or a path of the shop's own files. null: no image.",
    ),
]
Illustration = Literal["earbuds", "headphones", "laptop", "phone-stylus", "phone-triple", "tablet"]
"""The drawn pictures: files of frontend/src/assets/illustrations."""


def require_allowed(image_url: str | None, origins: Sequence[str]) -> None:
    """Raise InvalidRequest if the image is neither the shop's own nor of one of the origins."""
    if image_url is None or image_url.startswith("/"):
        return
    if not image_url.startswith(tuple(f"{origin}/" for origin in origins)):
        allowed = f", or https of {' or '.join(origins)}" if origins else ""
        raise InvalidRequest([("imageUrl", f"must be a path of the shop, such as /images/lamp.webp{allowed}")])
