"""Payments of an operadora: protocols and accepted appeals, debits and credits, bank data."""
