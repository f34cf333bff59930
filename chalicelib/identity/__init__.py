"""Who calls: shoppers, tokens, and the tokens of an identity provider."""
