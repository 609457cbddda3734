"""Letters: wording, transports and the outbox that survives a kill.

Promise: nobody is left out, and a kill costs at most one duplicate.
"""
