"""What a snapshot is made of: groups, cells that are shown or hidden, canonical JSON.

Pure. Promise: a hidden cell holds neither a number nor a reason.
"""
