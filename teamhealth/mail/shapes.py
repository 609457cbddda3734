"""Which phrases a kind of letter is made of, in which order; the words are in surveys/ipnb/letters."""

from typing import Literal

Role = Literal["text", "link", "code", "point", "note", "sign"]
Shape = tuple[tuple[Role, str, str], ...]
"""Role, name of the phrase (or names, of which the first is said that lacks no fact), and the
fact that stands on a line of its own below."""

_HELLO: Shape = (("text", "hello_name|hello", ""),)
_NOTES: Shape = (
    ("note", "alone", ""),
    ("note", "fingerprint", ""),
)
_PROMISES: Shape = (
    ("text", "invitation.points", ""),
    ("point", "invitation.sealed", ""),
    ("point", "invitation.opened_trustee|invitation.opened", ""),
    ("point", "invitation.before", ""),
    ("point", "invitation.groups", ""),
    ("note", "invitation.reminder", ""),
    ("note", "why_link", ""),
    *_NOTES,
)
_LINK: Shape = (
    ("link", "link", "url"),
    ("code", "code", "code"),
)
_DESK: Shape = (
    ("link", "link_desk", "url"),
    ("note", "link_setup", ""),
    ("note", "enclosed", ""),
)
_END: Shape = (
    ("text", "questions", ""),
    ("sign", "thanks", "organisation"),
)
SHAPES: dict[str, Shape] = {
    "invitation": (
        *_HELLO,
        ("text", "invitation.opening_from|invitation.opening", ""),
        ("text", "invitation.voluntary", ""),
        *_LINK,
        *_PROMISES,
        *_END,
    ),
    "extended": (
        *_HELLO,
        ("text", "extended.opening", ""),
        ("text", "extended.answered", ""),
        ("text", "extended.not_yet", ""),
        *_LINK,
        ("note", "extended.everybody", ""),
        *_NOTES,
        *_END,
    ),
    "cancelled": (
        *_HELLO,
        ("text", "cancelled.opening", ""),
        ("text", "cancelled.reason", ""),
        ("text", "cancelled.answers_trustee|cancelled.answers", ""),
        ("text", "cancelled.nothing", ""),
        *_END,
    ),
    "reminder": (
        *_HELLO,
        ("text", "reminder.opening", ""),
        ("text", "reminder.answered", ""),
        ("text", "reminder.not_yet", ""),
        *_LINK,
        ("note", "reminder.everybody", ""),
        *_NOTES,
        *_END,
    ),
    "void": (
        *_HELLO,
        ("text", "void.opening", ""),
        ("text", "void.answered", ""),
        ("note", "either", ""),
        *_END,
    ),
    "readdressed": (
        *_HELLO,
        ("text", "readdressed.opening", ""),
        ("text", "readdressed.link", ""),
        *_LINK,
        ("note", "readdressed.told", ""),
        ("note", "either", ""),
        *_NOTES,
        *_END,
    ),
    "redirected": (
        ("text", "hello", ""),
        ("text", "redirected.opening", ""),
        ("text", "redirected.yours_contact|redirected.yours", ""),
        ("text", "redirected.not_yours", ""),
        ("sign", "thanks", "organisation"),
    ),
    "moved": (
        *_HELLO,
        ("text", "moved.opening", ""),
        ("text", "moved.answered", ""),
        ("text", "moved.not_yet", ""),
        *_LINK,
        ("note", "either", ""),
        *_NOTES,
        *_END,
    ),
    "joined": (
        *_HELLO,
        ("text", "joined.opening", ""),
        ("text", "invitation.voluntary", ""),
        *_LINK,
        ("note", "joined.earlier", ""),
        *_PROMISES,
        *_END,
    ),
    "trustee_soon": (
        *_HELLO,
        ("text", "trustee_soon.opening", ""),
        ("text", "trustee_soon.todo", ""),
        *_END,
    ),
    "trustee_ready": (
        *_HELLO,
        ("text", "trustee_ready.opening", ""),
        ("text", "trustee_ready.compare", ""),
        ("text", "trustee_ready.todo", ""),
        *_END,
    ),
    "trustee_last": (
        *_HELLO,
        ("text", "trustee_last.opening", ""),
        ("text", "trustee_last.todo", ""),
        *_END,
    ),
    "uncounted": (
        *_HELLO,
        ("text", "uncounted.opening", ""),
        ("text", "uncounted.kept", ""),
        ("text", "uncounted.todo", ""),
        *_END,
    ),
    "trustee_over": (
        *_HELLO,
        ("text", "trustee_over.opening", ""),
        ("text", "cancelled.reason", ""),
        ("text", "trustee_over.todo", ""),
        *_END,
    ),
    "report_ready": (
        *_HELLO,
        ("text", "report_ready.opening", ""),
        ("text", "report_ready.first", ""),
        ("text", "report_ready.todo", ""),
        ("text", "report_ready.without", ""),
        *_DESK,
        *_END,
    ),
    "report_none": (
        *_HELLO,
        ("text", "report_none.opening", ""),
        ("text", "report_none.counted", ""),
        ("text", "report_none.talk", ""),
        *_DESK,
        *_END,
    ),
    "report_above": (
        *_HELLO,
        ("text", "report_above.opening", ""),
        ("text", "report_above.ask", ""),
        *_DESK,
        *_END,
    ),
    "report_talk": (
        *_HELLO,
        ("text", "report_talk.opening", ""),
        ("text", "report_talk.done", ""),
        ("text", "report_talk.not_yet", ""),
        *_DESK,
        ("note", "report_talk.alone", ""),
        *_END,
    ),
    "report_summary": (
        *_HELLO,
        ("text", "report_summary.opening", ""),
        ("point", "report_summary.responses", ""),
        ("point", "report_summary.keep", ""),
        ("point", "report_summary.care", ""),
        ("point", "report_summary.nothing", ""),
        ("text", "report_summary.talk", ""),
        ("note", "enclosed_page", ""),
        ("note", "report_summary.everybody", ""),
        *_END,
    ),
}
