"""Handouts of the surveys in ``printing``: slides, the page for everybody, talks, branches."""

from dataclasses import replace
from functools import cache

from teamhealth.instruments.guidance import library_in
from teamhealth.outlets.kinds import Kind, Material, only, printed
from tests.rooms.outlets.printing import counted

LONG = "Abteilung für außergewöhnlich verantwortungsvolle Lagerlogistik"
ARABIC = "فريق المبيعات والدعم"
ABOVE, TEAMS = "g3", ("g1", "g2", "g7")


def material(form="quarterly", language="en", *, again=False, change=lambda one: one, **more):
    """Give what PDFs of a survey are made from; ``change`` is done to its snapshot."""
    languages = ("en",) if language == "en" else ("en", language)
    snapshot, asked = counted(form, languages, again=again)
    earlier = [counted(form, languages)[0]] if again else []
    return Material(
        change(snapshot), asked, library_in(language), earlier=earlier, language=language,
        mark="5e" * 32, **more,
    )  # fmt: skip


def handed(kind, group, of=None):
    """Print one PDF."""
    of = of or material()
    return printed(only(Kind(kind), group, of.snapshot), of)


@cache
def usual(kind, group, form="quarterly", language="en", *, again=False):
    """Print one PDF of an unchanged survey, once."""
    return handed(kind, group, material(form, language, again=again))


def stacked(snapshot):
    """Put some teams below another: g1, g2 and g7 in g3."""
    groups = [
        replace(one, parent=ABOVE, counted_in=one.counted_in and ABOVE)
        if one.id in TEAMS
        else one
        for one in snapshot.groups
    ]
    above = [one for one in groups if one.id not in TEAMS]
    at = next(place for place, one in enumerate(above) if one.id == ABOVE) + 1
    below = [one for one in groups if one.id in TEAMS]
    return replace(snapshot, groups=(*above[:at], *below, *above[at:]))


def wide(snapshot, tops, each):
    """Give an organisation so many departments with so many teams each."""
    root, team = snapshot.root, snapshot.group("g1")
    groups = [root]
    for top in range(tops):
        groups.append(
            replace(team, id=f"t{top}", parent=root.id, name=f"D{top}", path=f"Acme/D{top}")
        )
        groups += [
            replace(team, id=f"t{top}x{n}", parent=f"t{top}", name=f"T{n}", path=f"Acme/D{top}/T{n}")
            for n in range(each)
        ]  # fmt: skip
    return replace(snapshot, groups=tuple(groups))
