"""Campaigns (专项行动): phases and tasks under one name, and the hazards found in them."""
