"""The TISS engine: versions, safe reading, XSD validation, hash, messages, field descriptions. Knows no models."""
