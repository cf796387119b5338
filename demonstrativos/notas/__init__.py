"""The fiscal document that a prestador issues for what was released."""
