"""The edge: Telegram, and the same conversation in a terminal."""
