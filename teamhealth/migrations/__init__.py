"""Alembic's folder: every change of the schema, one file each."""
