"""A roster file is read whole, or every bad line is told and nothing of it is used."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from teamhealth.errors import RosterError
from teamhealth.roster.listed import Member, Roster
from teamhealth.roster.reading import read

HEADING = "email,name,group,leads,language,external_id,answers_in,answers_by"


def _read(*lines):
    return read("\n".join(lines).encode())


def _problems(*lines):
    with pytest.raises(RosterError) as refusal:
        _read(*lines)
    return refusal.value.problems


def _told(line):
    """Give what is told about one line that follows a good one."""
    problems = _problems(HEADING, "ann@acme.org,Ann,Acme", line)
    assert {number for number, _ in problems} == {3}
    return [what for _, what in problems]


def test_a_file_gives_its_people_and_all_groups_above_them():
    roster = _read(
        HEADING,
        " Bob@Acme.org , Bob ,Acme / Ops/North,Acme/Ops; Acme/Ops/North ;Acme/Ops,de-AT,7,Acme",
        "cy@acme.org,Cy,Acme/Sales,,,,,",
        "di@acme.org,Di,Acme/Ops/South,,,,,Mail",
        ",Ed,Acme/Ops/South,,,8,,",
        "fay@acme.org,Fay,Acme/Sales,,,,,paper",
    )

    assert roster == Roster(
        ("Acme", "Acme/Ops", "Acme/Ops/North", "Acme/Ops/South", "Acme/Sales"),
        (
            Member(
                "bob@acme.org",
                "Bob",
                "Acme/Ops/North",
                leads=("Acme/Ops", "Acme/Ops/North"),
                language="de",
                external_id="7",
                answers_in="Acme",
            ),
            Member("cy@acme.org", "Cy", "Acme/Sales"),
            Member("di@acme.org", "Di", "Acme/Ops/South"),
            Member(None, "Ed", "Acme/Ops/South", external_id="8", on_paper=True),
            Member("fay@acme.org", "Fay", "Acme/Sales", on_paper=True),
        ),
    )


@pytest.mark.parametrize(
    "body",
    [
        "GROUP;Name;E-Mail;leads\nAcme/Ops;Bob;b@c.d;Acme".replace("E-Mail", "email"),
        '\ufeffexternal id;email;name;group;leads\r\n;b@c.d;"Bob";Acme/Ops;"Acme"\r\n\r\n;;;;\r\n',
        'name,leads,group,email\n\n"Bob",Acme,Acme/Ops,B@C.D\n',
    ],
)
def test_separator_order_of_columns_and_byte_order_mark_do_not_matter(body):
    assert read(body.encode()).people == (Member("b@c.d", "Bob", "Acme/Ops", ("Acme",)),)


def test_in_a_file_with_semicolons_several_led_groups_stand_in_quotation_marks():
    roster = _read("email;name;group;leads", 'b@c.d;Bob;Acme/X;"Acme;Acme/X"')

    assert roster.people[0].leads == ("Acme", "Acme/X")


def test_a_letter_is_the_same_however_it_was_typed():
    roster = _read("email,name,group", "a@b.c,A,Acme/Bu\u0308ro", "b@b.c,B,Acme/B\u00fcro")

    assert roster.groups == ("Acme", "Acme/B\u00fcro")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (",Bob,Acme", "who has no mailbox needs an external_id, and gets a paper slip"),
        (",Bob,Acme,,,7,,mail", "answers_by says mail, but there is no e-mail address"),
        ("bob@acme.org,Bob,Acme,,,,,fax", "answers_by is 'fax'; it can be mail or paper"),
        ("bob,Bob,Acme", "'bob' is no e-mail address that mail can be sent to"),
        ("bob@,Bob,Acme", "'bob@' is no e-mail"),
        ("b..b@acme.org,Bob,Acme", "is no e-mail"),
        ("bob@acme.org@x,Bob,Acme", "is no e-mail"),
        ("bob b@acme.org,Bob,Acme", "is no e-mail"),
        ("böb@acme.org,Bob,Acme", "is no e-mail"),
        ("bob@acme-.org,Bob,Acme", "is no e-mail"),
        ("bob@acme.org,,Acme", "there is no name"),
        ("bob@acme.org,Bob,", "there is no group; write the whole path"),
        ("bob@acme.org", "there is no name"),
        ("bob@acme.org,Bob,Acme//North", "“Acme//North” has an empty name in it"),
        ("bob@acme.org,Bob,/Acme", "has an empty name in it"),
        ("bob@acme.org,Bob,Acme,Acme/ /X", "“Acme//X” has an empty name in it"),
        ("bob@acme.org,Bob,Acme,,tlh", "the language 'tlh' is not offered; known are en, de"),
        ("bob@acme.org,Bob,Acme,Acme/Moon", "leads names “Acme/Moon”, but nobody is in that"),
        ("bob@acme.org,Bob,Acme,,,,Moon", "answers_in names “Moon”, but nobody is in that"),
        ("bob@acme.org,Bob,Beta", "“Beta” is another top group than “Acme”"),
        ("bob@acme.org,Bob,ACME", "“ACME” and “Acme” differ only in capitals"),
        ("bob@acme.org,Bob,ACME/Ops", "“ACME” and “Acme” differ only in capitals"),
        ("bob@acme.org,Bob,Acme,,,,,,too,much", "it has 10 fields, the heading only 8"),
        ("bob@acme.org,B\x1bob,Acme", "has a line break or an invisible control character"),
        ('bob@acme.org,"Bob\nB",Acme', "has a line break or an invisible"),
        ("bob@acme.org,Bob \u202e nnA,Acme", "has a line break or an invisible"),
        (f"bob@acme.org,{'B' * 201},Acme", "the name is longer than 200 characters"),
        (f"bob@acme.org,Bob,Acme,,,{'7' * 201}", "the external_id is longer than 200"),
        (f"{'b.' * 25}b@{'x.' * 110}org,Bob,Acme", "the email is longer than 254"),
        (f"bob@acme.org,Bob,Acme/{'B' * 201}", "a group's name is longer than 200"),
        (f"bob@acme.org,Bob,Acme{'/Ops' * 250}", "a group's path is longer than 1000"),
        ("Ann@acme.org,Bob,Acme", "ann@acme.org is the address of line 2 too"),
        ('bob@acme.org,"Bob,Acme', "a quotation mark is missing or one too many"),
        ('bob@acme.org,"Bob" B,Acme', "a quotation mark is missing or one too many"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_what_is_wrong(line, told):
    assert any(told in what for what in _told(line))


def test_two_people_on_one_address_are_refused_with_the_way_out():
    [what] = _told("ann@acme.org,Bob,Acme")

    assert "everybody needs their own" in what
    assert "leave the address empty on each of these lines" in what
    assert "external_id: they get paper slips" in what


def test_an_external_id_names_one_person():
    problems = _problems(
        "email,name,group,external_id", "a@b.c,A,Acme,7", "b@b.c,B,Acme,8", "c@b.c,C,Acme,7"
    )

    assert problems == [(4, "the external_id 7 stands on line 2 too")]


def test_every_bad_line_is_told_at_once_by_the_number_it_has_in_the_file():
    problems = _problems(
        "email,name,group",
        "ann,Ann,Acme",
        "",
        '"bob@acme.org","Bob\nB",Acme',
        "cy@acme.org,,Beta",
        "di@acme.org,Di,Acme",
    )

    assert [line for line, _ in problems] == [2, 4, 6, 6]


def test_the_refusal_says_that_nothing_was_stored():
    with pytest.raises(RosterError, match="2 problems; nothing was stored") as refusal:
        _read("email,name,group", "ann,,Acme")

    assert "\n  line 2: there is no name" in str(refusal.value)


@pytest.mark.parametrize(
    ("body", "line", "told"),
    [
        (b"", 0, "The file is empty"),
        (b" \n\n", 0, "The file is empty"),
        (b"email,name,group\n", 0, "There is nobody in the file"),
        (b"email,name\na@b.c,A", 1, "there is no column group"),
        (b"a@b.c,Ann,Acme", 1, "there is no column email"),
        (b"\nemail,name,group,name", 2, "there are 2 columns name"),
        (b"email,name,group,shoe size", 1, "the column 'shoe_size' is unknown"),
        (b"email,name,group,", 1, "a column has no name"),
        ("email,name,group\na@b.c,Zoë,Acme".encode("latin-1"), 2, "it is not UTF-8"),
        ("email,name,group\na@b.c,A,Acme".encode("utf-16"), 1, "it is not UTF-8"),
    ],
)
def test_what_is_no_roster_is_refused(body, line, told):
    with pytest.raises(RosterError) as refusal:
        read(body)

    assert any(n == line and told in what for n, what in refusal.value.problems)


_CELLS = st.one_of(
    st.sampled_from(
        ["a@b.c", "A@b.c", "Acme", "acme", "Acme/X", "Acme / Y", "/", "X;Acme", '"', "de", ""]
    ),
    st.text(max_size=8),
)
_TABLES = st.builds(
    lambda mark, heading, rows: "\n".join(mark.join(row) for row in (heading, *rows)),
    st.sampled_from(",;"),
    st.permutations(HEADING.split(",")),
    st.lists(st.lists(_CELLS, max_size=8), max_size=6),
)


@given(st.one_of(_TABLES.map(str.encode), st.text().map(str.encode), st.binary()))
@example(b"email,name,group\na@b.c,A,\x00")
@example(b"email,name,group\ra@b.c,A,Acme\r")
@example(b'email,name,group\na@b.c,"' + b"A" * 140_000 + b'",Acme')
def test_any_bytes_give_a_roster_that_can_be_stored_or_a_refusal(body):
    try:
        roster = read(body)
    except RosterError as refusal:
        assert refusal.problems  # noqa: PT017  (a roster is as good)
        return
    assert len({person.key for person in roster.people}) == len(roster.people) > 0
    assert all(
        person.on_paper and person.external_id for person in roster.people if not person.email
    )
    for number, path in enumerate(roster.groups):
        above = path.rpartition("/")[0]
        assert above in roster.groups[:number] if number else not above
    for person in roster.people:
        assert {person.group, person.place, *person.leads} <= set(roster.groups)
