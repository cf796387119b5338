"""Views of typed guides."""
