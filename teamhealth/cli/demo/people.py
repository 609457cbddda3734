"""The people of the sample organisation: Northwind, 180 of them on three levels, as a roster file."""

import csv
import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass

ROOT = "Northwind"
SEVEN_OF_NINE = f"{ROOT}/Operations/Warehouse North"
"""The usual team: nine are asked, seven answer."""

FOUR = f"{ROOT}/Operations/Night Shift"
"""A team of six of whom four answer: no result of its own."""

DRIVERS = f"{ROOT}/Operations/Transport"
"""Some of them have no mailbox, and answer with paper slips."""

CAIRO = f"{ROOT}/Customer Care/Cairo Office"
"""The Arabic-speaking team."""

_ON_PAPER = 3
_SIZES = {  # people of the group itself, who leads it among them
    ROOT: 1,
    f"{ROOT}/Operations": 3,
    SEVEN_OF_NINE: 10,
    f"{ROOT}/Operations/Warehouse South": 14,
    FOUR: 7,
    DRIVERS: 12,
    f"{ROOT}/Product": 3,
    f"{ROOT}/Product/Web": 9,
    f"{ROOT}/Product/Mobile": 8,
    f"{ROOT}/Product/Platform": 11,
    f"{ROOT}/Product/Design": 7,
    f"{ROOT}/Sales": 2,
    f"{ROOT}/Sales/Inside Sales": 12,
    f"{ROOT}/Sales/Field Sales": 13,
    f"{ROOT}/Sales/Partners": 6,
    f"{ROOT}/Customer Care": 3,
    f"{ROOT}/Customer Care/First Line": 18,
    f"{ROOT}/Customer Care/Second Line": 8,
    CAIRO: 11,
    f"{ROOT}/People and Finance": 3,
    f"{ROOT}/People and Finance/People": 6,
    f"{ROOT}/People and Finance/Accounting": 9,
    f"{ROOT}/People and Finance/Legal": 4,
}
_FIRST = [
    "Amelia",
    "Ben",
    "Carla",
    "David",
    "Elena",
    "Finn",
    "Grace",
    "Hugo",
    "Ines",
    "Jakob",
    "Klara",
    "Liam",
    "Maya",
    "Noah",
    "Olivia",
    "Paul",
    "Rosa",
    "Samuel",
    "Tessa",
    "Victor",
    "Wanda",
    "Yusuf",
    "Zoe",
    "Anton",
    "Bea",
    "Cem",
    "Dora",
    "Emil",
    "Fatima",
    "Georg",
]
_LAST = [
    "Adler",
    "Bauer",
    "Costa",
    "Dreyer",
    "Ellis",
    "Fischer",
    "Grant",
    "Haas",
    "Ivanova",
    "Jansen",
    "Keller",
    "Lopez",
    "Moreau",
    "Novak",
    "Okafor",
    "Petersen",
    "Quinn",
    "Rossi",
    "Schmidt",
    "Tanaka",
    "Ueda",
    "Vogel",
    "Weber",
    "Xenakis",
    "Young",
    "Zeller",
]
_CAIRO = (
    ("Layla Hassan", "ليلى حسن"),
    ("Omar Farouk", "عمر فاروق"),
    ("Mariam Adel", "مريم عادل"),
    ("Youssef Nabil", "يوسف نبيل"),
    ("Salma Fathy", "سلمى فتحي"),
    ("Karim Mostafa", "كريم مصطفى"),
    ("Nour Ibrahim", "نور إبراهيم"),
    ("Hana Samir", "هنا سمير"),
    ("Tarek Ali", "طارق علي"),
    ("Dina Magdy", "دينا مجدي"),
    ("Adam Sherif", "آدم شريف"),
)


@dataclass(frozen=True, slots=True)
class Employee:
    """One person of the sample; ``leads`` is a path or empty, and so is ``email`` of who has no mailbox."""

    number: int
    email: str
    name: str
    group: str
    leads: str
    language: str


def employees() -> list[Employee]:
    """Return everybody; the first of each group leads it."""
    return list(_employees())


def leader_of(path: str) -> Employee:
    """Return who leads a group."""
    return next(person for person in employees() if person.leads == path)


def roster() -> bytes:
    """Return the roster file."""
    table = io.StringIO()
    rows = csv.writer(table, lineterminator="\n")
    rows.writerow(("external_id", "email", "name", "group", "leads", "language"))
    rows.writerows(
        (p.number, p.email, p.name, p.group, p.leads, p.language) for p in employees()
    )
    return table.getvalue().encode()


def _employees() -> Iterator[Employee]:
    names, count = _names(), itertools.count(1)
    for path, size in _SIZES.items():
        cairo = path == CAIRO
        for number in range(size):
            latin, name = _CAIRO[number] if cairo else next(names)
            on_paper = path == DRIVERS and number >= size - _ON_PAPER
            address = f"{latin.lower().replace(' ', '.')}@northwind.example"
            yield Employee(
                number=next(count),
                email="" if on_paper else address,
                name=name,
                group=path,
                leads="" if number else path,
                language="ar" if cairo else "de" if number % 5 == 3 else "en",  # noqa: PLR2004
            )


def _names() -> Iterator[tuple[str, str]]:
    """Give every pair of a first and a last name once, in an order that looks like life."""
    for turn in range(len(_LAST)):
        for at, first in enumerate(_FIRST):
            name = f"{first} {_LAST[(at + turn) % len(_LAST)]}"
            yield name, name
