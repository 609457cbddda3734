"""People and the tree of groups they work in."""
