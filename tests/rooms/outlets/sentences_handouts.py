"""The sentences of slides, of the page for everybody and of a talk without numbers: each with what must hold for it."""

from tests.rooms.outlets.reading_sentences import is_so
from tests.rooms.outlets.sentences_everywhere import heard

SLIDES = [
    (r"Nobody can tell who said what", None),
    (r"Nobody guesses or asks who said what\.", None),
    (r"“Pass” is a full answer, today as well\.", None),
    (r"How to read what comes", None),
    (r"An example: a dot on a line from 1 to 5, in the middle of a pale bar\.", None),
    (r"The dot is the value, from 1, disagree, to 5, agree\.", lambda t, _m: is_so(t.has_interval())),
    (r"The pale bar is where the true value likely lies\.", lambda t, _m: is_so(t.has_interval())),
    (r"Where two bars overlap a good deal, read them as about the same\.", None),
    (r"These are views of our work, not marks\.", None),
    (r"Each statement is told by itself: almost everybody, most, about half, a minority or almost nobody agrees\.", lambda t, _m: is_so(not t.other_cells())),
    (r"One answer more or less can change a word\.", lambda t, _m: is_so(not t.other_cells())),
    (r"The themes at a glance", None),
    (r"Nothing stands out clearly", lambda t, _m: is_so(not (t.keep or t.care))),
    (r"That is an answer too\. What is good here, and what would you like to be a little better\?", lambda t, _m: is_so(not (t.keep or t.care))),
    (r"What do you make of it\?", None),
    (r"Two quiet minutes first; then everybody who wants to\.", None),
    (r"One small step for four weeks", None),
    (r"What can we start this week, ourselves, and how will we notice\?", None),
]  # fmt: skip


SUMMARY = [
    (r"Thank you for answering\. (?P<n>\d+) of the (?P<asked>\d+) people who were asked are in these figures; the survey closed on CLOSED\.", heard),
    (r"All themes", lambda t, _m: is_so(t.has_interval())),
    (r"What happens next", None),
    (r"Your team’s talk should happen by (?P<by>.+?)\. If nobody has asked you yet, ask for it\.", lambda t, m: is_so(m["by"] == t.until())),
    (r"There the team looks at its own result, or talks without numbers where it has none, and chooses one small step\.", None),
    (r"A later survey can ask whether it helped\.", None),
    (r"What we promised, and kept", None),
]  # fmt: skip


GUIDE = [
    (r"Half an hour that needs no numbers: what helps us work well together, what gets in the way, and one small step\.", None),
    (r"Why there are no figures here", lambda t, _m: is_so(t.group.responses is None)),
    (r"Not shown, to protect anonymity\.(?: Counted in (?P<where>.+?)\.)?",
     lambda t, m: is_so(m["where"] == (t.seen.group(t.group.counted_in).name if t.group.counted_in else None))),
    (r"It says nothing about the team, good or bad\. It keeps the promise that was given before the first answer: nobody can work out who said what\.", None),
    (r"What people in (?P<where>.+?) say", lambda t, m: is_so(m["where"] == t.seen.group(t.group.counted_in).name)),
    (r"(?P<n>\d+) of (?P<asked>\d+) people are in these figures\. It may be quite different with you: ask\.",
     lambda t, m: is_so((int(m["n"]), int(m["asked"])) == (t.wider.responses, t.wider.invited))),
    (r"What you have instead", None),
    (r"You know your work, and you can ask each other\. Few people in one room hear more than any figure tells\.", None),
    (r"A talk of (?P<n>\d+) minutes", lambda t, m: is_so(int(m["n"]) == t.minutes)),
    (r"Within two weeks, in working time, for everybody\. Whoever the team trusts leads it; who leads the team speaks last in every round\.", None),
    (r"Questions to choose from", None),
    (r"One is enough\. Take the one that people smile or sigh at\.", None),
    (r"If no idea comes", None),
    (r"Our first step", None),
]  # fmt: skip
