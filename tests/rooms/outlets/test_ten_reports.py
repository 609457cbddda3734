"""The ten reports that Team Health is judged by keep their length, and say what makes each of them special."""

import pytest

from tests.rooms.outlets import ten_reports
from tests.rooms.outlets.printing import fonts, pages

LENGTHS = {
    "01-seven-of-nine": 5,
    "02-twelve-of-fourteen": 6,
    "03-forty": 8,
    "04-no-result": 2,
    "05-first-survey": 4,
    "06-fifth-survey": 6,
    "07-arabic": 4,
    "08-long-name": 4,
    "09-all-high": 4,
    "10-polarised": 8,
}
SAID = {
    "01-seven-of-nine": ["7 of 9", "for you, for support only"],
    "02-twelve-of-fourteen": ["12 of 14", ten_reports.SAID[1]],
    "03-forty": ["40 of 46"],
    "04-no-result": ["Not shown, to protect anonymity."],
    "05-first-survey": ["There is no survey before this one to compare with."],
    "06-fifth-survey": ["than in Winter 2025", "likely lower"],
    "08-long-name": [f"For {ten_reports.LONG}. Not for ranking, pay or rating."],
    "09-all-high": ["looks strong. Nothing clearly asks for care."],
    "10-polarised": [
        "People in this group see 7 themes very differently",
        "stands for few of them",
    ],
}
OURS = {"Health-Sans", "Health-Serif", "Health-Arabic"}


@pytest.mark.parametrize("name", ten_reports.REPORTS)
def test_each_keeps_its_length_and_says_what_it_is_about(name):
    pdf = ten_reports.REPORTS[name]()
    told = pages(pdf)

    assert len(told) <= LENGTHS[name]
    assert [words for words in SAID.get(name, []) if words not in " ".join(told)] == []
    assert {font.removesuffix("-Semi-Bold") for font in fonts(pdf)} <= OURS
