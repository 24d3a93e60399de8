"""The local card processor."""
