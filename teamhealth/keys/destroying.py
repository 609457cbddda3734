"""The end of a survey's keys, and which surveys have keys on this machine."""

from pathlib import Path

from teamhealth.keys import files, issuers


def destroy(home_keys: Path, survey: str) -> int:
    """Overwrite and remove every key of a survey; return how many files there were.

    What is not there is no fault: a rerun ends in the same state.
    """
    gone = 0
    for path in (files.box_file(home_keys, survey), files.link_file(home_keys, survey)):
        if path.parent.is_dir():
            gone += files.destroy(path)
            files.sync(path.parent)
    return gone + issuers.destroy(home_keys, survey)


def surveys(home_keys: Path) -> frozenset[str]:
    """Return the ids of all surveys that have a key of any kind on this machine."""
    places = (home_keys / kind for kind in ("issuers", "box", "links"))
    return frozenset(
        entry.name.split(".")[0]
        for place in places
        if place.is_dir()
        for entry in place.iterdir()
    )
