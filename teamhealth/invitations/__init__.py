"""Who was invited, with which link, and whether that link has been used.

Promises: knows no response; a token is never stored, only its hash; every row is
deleted at the close.
"""
