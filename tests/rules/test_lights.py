"""In the dark our pages change their colours and nothing else."""

import re

import pytest

from teamhealth import content

WORD = "prefers-color-scheme"
SHEETS = [one for one in content.static().glob("*/*.css") if WORD in one.read_text()]
DARK = re.compile(r"@media[^{]*\(prefers-color-scheme: dark\) \{\s*:root \{([^}]*)\}\s*\}")
COLOUR = re.compile(r"--[\w-]+: (#[0-9A-F]{6}|.* rgba\([^()]*\))")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_light_and_dark_differ_in_colours_alone(sheet):
    style = sheet.read_text()
    blocks = DARK.findall(style)

    assert len(blocks) == style.count(WORD) == 1
    said = [one.strip() for one in blocks[0].split(";") if one.strip()]
    assert len(said) > 10
    assert [one for one in said if not COLOUR.fullmatch(one)] == []
