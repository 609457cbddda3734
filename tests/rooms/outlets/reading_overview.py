"""Page one of a report on many groups, read sentence by sentence as that of one group is."""

import re

from tests.rooms.outlets.named_themes import to_care_for, to_keep
from tests.rooms.outlets.reading_first_page import box
from tests.rooms.outlets.reading_sentences import consume, words_of
from tests.rooms.outlets.sentences_first_page import CARE, KEEP, LEAD, NUMBER, SURE

MARGIN = (rf"A typical theme may be off by about {NUMBER} up or down\.", None)


def read_overview(html, group):
    """Read page one; fails for a sentence that nothing carries."""
    lead = words_of(re.search(r'<p class="lead">(.*?)</p>', html, re.DOTALL)[1])
    consume(lead, LEAD, group)
    pair = re.search(
        r'<div class="row pair">(.*?)<div class="(?:whole-table|call)', html, re.DOTALL
    )[1]
    keep, care = (words_of(part) for part in pair.split('<div class="cell">')[1:3])
    box(keep, "One thing to keep", KEEP, group, to_keep)
    box(care, "One thing to care for", CARE, group, to_care_for)
    call = re.search(r'<div class="call overview">(.*?)</div>', html, re.DOTALL)[1]
    consume(words_of(call), [*SURE, MARGIN], group)
    return lead
