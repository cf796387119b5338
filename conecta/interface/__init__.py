"""What every screen shares: menu, states, icons, filters and tags of the templates."""
