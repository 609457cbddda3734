"""A worker prints reports for days: what one of them leaves behind in memory adds up."""

from teamhealth.outlets import print_press
from tests.rooms.outlets.handing import usual
from tests.rooms.outlets.printing import HIDDEN, LARGE, SMALL, Said, organisation, team

SAID = tuple(Said("comment", f"1. Remark {n}.") for n in range(12))


def test_no_text_asks_for_font_features_which_weasyprint_never_frees():
    team(SMALL)
    team(LARGE, again=True, comments=SAID)
    organisation()
    for kind, group in (("slides", SMALL), ("summary", LARGE), ("talk", HIDDEN)):
        usual(kind, group)
    fonts, _ = print_press._set()
    assert not fonts.font_features
