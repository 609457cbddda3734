"""Sealed responses: taken in, replaced, handed to the count. Nothing here opens one.

Promises: knows no invitation; its table has no clock, no counter and no order.
"""
