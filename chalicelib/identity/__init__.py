"""Identity of callers: shoppers, our own tokens, and the tokens of an identity provider."""
