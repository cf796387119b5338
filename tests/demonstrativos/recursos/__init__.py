"""Appeals against glosas."""
