"""Screens of statements."""
