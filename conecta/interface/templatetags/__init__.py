"""Template library of the interface: `{% load interface %}`."""
