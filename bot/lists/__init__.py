"""Exact lists from the typed facts: of events, of zones, of financing."""
