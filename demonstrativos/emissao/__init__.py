"""Statements: drawn once from frozen values, kept, downloaded."""
