"""One run of a survey: its wording, tree, dates, states and manifest, pinned at launch.

Promises: a state is never entered twice; what is pinned never changes; a base URL
without https and fewer than k people are refused.
"""
