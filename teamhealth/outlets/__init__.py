"""What leaves the house: CSV, JSON, figures, PDF. Everything is read from snapshots.

Promise: a hidden cell is worded the same everywhere and carries no number.
"""
