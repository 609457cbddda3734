"""Counted results and comments: inserted once, never changed."""
