"""Screens of lots and protocols: HTTP only."""
