"""Questions in, cited answers out, and the Telegram edge."""
