"""A local Telegram and card processor with a chat page, for trying and testing.

Import `sandbox.app.create_app` for the ASGI application and `sandbox.server.serve` to run it.
"""
