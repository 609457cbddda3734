"""Work in the background: idempotent sweeps that own their commits.

Promise: killed anywhere, a rerun ends in the same state.
"""
