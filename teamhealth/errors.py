"""The refusals this service can give; the web turns each into a page, the command line into an exit code.

Every message is written for the person who meets it: what happened, what was not
stored, what to do. It never holds an answer, a credential or an address of a
respondent, so it may be shown and logged.
"""


class TeamHealthError(Exception):
    """Base of every error raised on purpose; a failure, exit code 1."""


class WrongUseError(TeamHealthError):
    """The command or setting itself is wrong; exit code 2."""


class SettingsError(WrongUseError):
    """An environment variable is unknown or cannot be read."""


class NotFoundError(TeamHealthError):
    """The thing asked for does not exist, or is not this person's to see."""


class NotOpenError(TeamHealthError):
    """The survey does not take answers now."""


class UsedLinkError(TeamHealthError):
    """The link was used before, in another browser."""


class ConflictError(TeamHealthError):
    """Another response was stored for the same credential."""


class BadMessageError(TeamHealthError):
    """A message does not have the expected form."""


class BadCredentialError(TeamHealthError):
    """A signature was not made with the group's key."""


class UnavailableError(TeamHealthError):
    """Something this host needs is missing for now; a later try may succeed."""


class KeysMissingError(UnavailableError):
    """A key of an open survey is missing or is not the published one."""


class RefusedError(TeamHealthError):
    """A launch, change or close that the rules do not allow."""


class ContentError(TeamHealthError):
    """A content file has a fault: file, place and what is expected."""


class RosterError(TeamHealthError):
    """A roster file has faults; nothing was applied.

    ``problems`` lists every one as (line, what is wrong), line 0 for the whole file.
    """

    def __init__(self, problems: list[tuple[int, str]]) -> None:
        self.problems = problems
        told = "\n".join(f"  line {n}: {what}" if n else f"  {what}" for n, what in problems)
        many = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__(
            f"The roster has {many}; nothing was stored. Correct the file and import it again.\n{told}"
        )


class AuditFailedError(TeamHealthError):
    """The independent audit found a fault in a finished snapshot; nothing was stored."""


class MailError(TeamHealthError):
    """A letter could not be handed over; it stays in the outbox."""


class LetterDelayedError(MailError):
    """One letter is not taken by the mail server now; others may be."""


class LetterRefusedError(MailError):
    """One letter cannot be sent to its address; others can."""
