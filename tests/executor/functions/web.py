"""A function behind API Gateway that answers every method with CORS headers of its own."""

from typing import Any


def handler(event: dict[str, Any], _context: Any) -> dict[str, Any]:
    """Name the method, and allow one origin."""
    headers = {"Access-Control-Allow-Origin": "https://shop.example", "Access-Control-Expose-Headers": "ETag"}
    return {"statusCode": 418, "headers": headers, "body": event["httpMethod"]}
