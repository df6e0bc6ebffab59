"""The page's parts: settings, controls, charts, the player that moves them, and the panels around them."""
