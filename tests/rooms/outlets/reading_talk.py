"""What a talk is led by, read against the library: its steps and its card."""

import re


def agenda(t, table):
    """Read the steps of a talk; give how long they take together."""
    heads = [one.take() for one in table.parts("thead")[0].parts("th")]
    assert heads == ["Time", "Step", "What to say"]
    steps = {one.title: one for talk in t.library.retro_formats for one in talk.steps}
    total = 0
    for row in table.parts("tbody"):
        for line in row.parts("tr"):
            minutes, title, words = [
                one.take() for one in line.parts() if one.tag in {"td", "th"}
            ]
            told = int(re.fullmatch(r"(\d+) min", minutes)[1])
            total += told
            if t.group.responses is None:
                continue
            step = next(
                s for talk in t.library.retro_formats for s in talk.steps
                if s.title == title and words.startswith(" ".join(s.script.split()))
            )  # fmt: skip
            rest = words.removeprefix(" ".join(step.script.split())).strip()
            notes = [" ".join(one.split()) for one in (step.uses_results, step.notes) if one]
            assert rest in ("", " ".join(notes)), rest
            assert told == step.minutes
    assert steps
    return total


def card(t, table):
    """Read a card to be filled in."""
    for one in [*table.parts("caption"), *table.parts("th")]:
        known = {line.text for line in t.library.retro.card}
        assert one.take() in known | {"Action card, to fill in by hand"}
