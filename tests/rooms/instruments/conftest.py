"""A copy of the shipped content, to be broken."""

import shutil

import pytest

from teamhealth import content


@pytest.fixture
def folder(tmp_path):
    """Give the folder of a content set that is in order."""
    return shutil.copytree(content.folder("surveys") / "ipnb", tmp_path / "content")


@pytest.fixture
def change(folder):
    """Give a function that replaces words in a file, once."""

    def replace(name, old, new):
        file = folder / name
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), "utf-8")

    return replace
