"""Box, issuer and link keys at rest, as files outside the database.

Promises: never backed up, readable by their owner only, destroyed after the close.
"""
