"""Alembic's entry: it works on the connection that `storage.migrate` opened."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes["metadata"],
    render_as_batch=True,
    compare_server_default=False,
    transactional_ddl=True,
)
context.run_migrations()
