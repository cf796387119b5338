"""Statements of the standard: what they say as plain values, written as XML and read back."""
