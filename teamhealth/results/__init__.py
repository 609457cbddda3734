"""The count: a pure function from sealed responses to a snapshot.

Plain answers live in the memory of ``count`` only, and of the processes that it starts to
open large boxes (``fanning``).
"""
