"""E-mail addresses as accounts and the roster spell them: in small letters, without space around."""

LONGEST = 320


def plain_address(text: str) -> str:
    """Return an address as it is stored and compared."""
    return text.strip().lower()[:LONGEST]


def is_address(text: str) -> bool:
    """Tell whether this looks like an address; only a letter that arrives proves one."""
    name, at, host = text.rpartition("@")
    return bool(name and at and "." in host.strip(".")) and not any(c.isspace() for c in text)
