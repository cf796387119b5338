"""The one error that the supervisor shows to whoever runs it."""


class ErroDeInicio(Exception):
    """Something keeps the portal from starting. The text is a Portuguese sentence for the operator."""
