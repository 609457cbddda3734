"""Reading a page as a person does: tables row by row, and everything that is said."""

import json
import re
from html.parser import HTMLParser


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.words, self.rows, self.silent = [], [], 0

    def handle_starttag(self, tag, _attrs):
        if tag in {"script", "style", "svg"}:
            self.silent += 1
        elif tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].append("")

    def handle_endtag(self, tag):
        if tag in {"script", "style", "svg"}:
            self.silent -= 1

    def handle_data(self, data):
        if self.silent:
            return
        self.words.append(data)
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def said(html):
    """Give everything that is said on a page, drawings and scripts left out."""
    reader = _Reader()
    reader.feed(html)
    return " ".join("".join(reader.words).split())


def rows(html, cls):
    """Give the cells of the rows of every table of a class."""
    found = []
    for table in re.findall(
        rf'<table[^>]*class="[^"]*\b{cls}\b[^"]*".*?</table>', html, re.DOTALL
    ):
        reader = _Reader()
        reader.feed(table)
        found += [[" ".join(cell.split()) for cell in row] for row in reader.rows if row]
    return found


def figures(html):
    """Give the Plotly figures that lie in a page."""
    bodies = re.findall(r'<script type="application/json">(.*?)</script>', html, re.DOTALL)
    return [json.loads(body) for body in bodies]
