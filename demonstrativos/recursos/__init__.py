"""Appeals against glosas, both sides."""
