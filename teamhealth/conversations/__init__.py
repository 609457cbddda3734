"""What was written under open questions, after the count: stored, listed, taken back.

Promises: a comment leads to no rating, no person and no moment; whoever has its receipt
can take it back, and nobody else is told of it.
"""
