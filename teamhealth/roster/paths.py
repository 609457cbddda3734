"""Paths of groups as people write them: ``Acme/Operations/Warehouse North``."""


def tidy(path: str) -> str:
    """Return a path without the spaces around its names; an empty name stays empty."""
    return "/".join(name.strip() for name in path.split("/"))


def above(path: str) -> str | None:
    """Return the path of the group above, None for the top group."""
    return path.rpartition("/")[0] or None


def name_of(path: str) -> str:
    """Return the group's own name."""
    return path.rpartition("/")[2]


def depth(path: str) -> int:
    """Return how many groups lie above."""
    return path.count("/")


def is_within(path: str, other: str) -> bool:
    """Tell whether a group is ``other`` or lies below it."""
    return path == other or path.startswith(other + "/")
