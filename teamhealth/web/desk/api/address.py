"""Where the interface for programs begins."""

from flask import request

PREFIX = "/desk/api/"
ROOT = f"{PREFIX}v1"


def is_api() -> bool:
    """Tell whether this request is for the interface, whether or not there is anything at its address."""
    return request.path.startswith(PREFIX)
