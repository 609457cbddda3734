"""Who may manage surveys and read results: HR and leaders, and how they sign in.

Promises: no account ever meets a response; a leader sees the groups they lead and
those below, nothing beside them.
"""
