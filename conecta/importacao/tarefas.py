"""Jobs of this app. Loaded when Django starts."""
