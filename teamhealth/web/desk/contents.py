"""The sections of a long page of results, each with the id by which it can be linked to."""

from teamhealth.web.desk.group_view import GroupView
from teamhealth.web.desk.speaking import gettext as _

Section = tuple[str, str]


def of_group(view: GroupView, *, comments: bool, below: bool) -> list[Section]:
    """Return the sections of a group's page in their order."""
    told = [
        ("summary", _("What stands out"), True),
        ("themes", _("Themes"), view.means),
        ("comparison", _("Comparison in words"), view.means),
        ("statements", _("Statements"), True),
        ("surveys", _("Over the surveys"), view.trend is not None),
        ("comments", _("Comments"), comments),
        ("practices", _("Practices"), bool(view.practices)),
        ("below", _("Groups below"), below),
    ]
    return [(name, words) for name, words, there in told if there]


def of_survey(view: GroupView, *, for_hr: bool, told_of: bool, carry: bool) -> list[Section]:
    """Return the sections of the page about a whole survey in their order."""
    told = [
        ("numbers", _("Who is included"), True),
        ("summary", _("What stands out"), True),
        ("themes", _("Themes"), view.means),
        ("changes", _("What moved"), True),
        ("first", _("Where to look first"), for_hr),
        ("groups", _("Groups"), True),
        ("by", _("By what people said of themselves"), told_of),
        ("carry", _("What the themes can carry"), carry),
        ("surveys", _("Over the surveys"), view.trend is not None),
        ("method", _("How it was counted"), True),
    ]
    return [(name, words) for name, words, there in told if there]
