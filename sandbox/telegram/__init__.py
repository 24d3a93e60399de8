"""The local Bot API server."""
