"""What a survey pins of its words, and gets back."""

import json

from teamhealth.cells.canonical import canonical
from teamhealth.instruments.library import library
from teamhealth.instruments.plain import from_plain, to_plain
from tests.rooms.results.makers import SITE, TENURE, instrument


def test_attributes_survive_pinning():
    asked = instrument(attributes=(TENURE, SITE))

    again = from_plain(json.loads(canonical(to_plain(asked))))

    assert again.attributes == (TENURE, SITE)
    assert again == asked
    assert asked.minutes >= instrument().minutes


def test_a_form_without_attributes_is_pinned_as_before_there_were_any():
    pulse = library().instrument("pulse", ["en"])

    assert "attributes" not in to_plain(pulse)
    assert from_plain(json.loads(canonical(to_plain(pulse)))) == pulse
