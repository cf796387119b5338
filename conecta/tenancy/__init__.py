"""The tenant wall: one database role per kind of organisation, chosen once per transaction."""
