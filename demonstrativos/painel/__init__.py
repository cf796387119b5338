"""Indicators of money: glosas, times, expected and received."""
