"""From a snapshot to the few sentences that matter, and practices that fit.

Pure. Promises: every sentence keeps the numbers it rests on, and "nothing stands
out clearly" is an answer it can give.
"""
