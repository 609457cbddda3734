"""The page: that it loads the survey's own script and style sheet, and nothing else at all.

Promise: whatever could load, run or send something is refused unless it is on the short
list below; a page that two readers could read differently is refused, too.
"""

import re
from html.parser import HTMLParser

_OPENS = re.compile(rb"<[a-zA-Z]")
_ADDRESSES = {
    *("src", "href", "xlink:href", "action", "formaction", "data", "srcset", "imagesrcset"),
    *("poster", "background", "ping", "cite", "manifest", "longdesc", "profile", "archive"),
    *("codebase", "classid", "usemap", "icon", "srcdoc", "lowsrc", "dynsrc"),
}
_LOADS = {
    *("iframe", "frame", "frameset", "object", "embed", "applet", "portal", "base", "template"),
    *("img", "image", "picture", "source", "audio", "video", "track", "style", "slot", "math"),
    *("foreignobject", "use", "animate", "set"),
}
_META = {"viewport", "color-scheme", "referrer"}


class _Reader(HTMLParser):
    def __init__(self, script: str, style: str, survey: str) -> None:
        super().__init__(convert_charrefs=True)
        self._script, self._style = script, style
        self._own = re.compile(rf"/a/({re.escape(survey)}|done)(/[a-z0-9/-]*)?|#[A-Za-z0-9_-]*")
        self.tags = 0
        self.scripts = 0
        self.styles = 0
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += 1
        told = {name: value or "" for name, value in attrs}
        if len(told) < len(attrs):
            self.faults.append(f"It says something twice in one <{tag}>.")
        if tag in _LOADS:
            self.faults.append(
                f"It has a <{tag}>, which can bring in something from elsewhere."
            )
        elif tag == "script":
            self._scripted(told)
        elif tag == "link":
            self._linked(told)
        elif tag == "meta":
            self._described(told)
        else:
            self._plain(tag, told)

    def handle_data(self, data: str) -> None:
        if self.lasttag == "script" and self.cdata_elem and data.strip():
            self.faults.append("It has a script of its own, written into the page.")

    def _scripted(self, told: dict[str, str]) -> None:
        self.scripts += 1
        if told.get("src") != self._script:
            self.faults.append(f"It runs {_shown(told.get('src'))}, not the survey's script.")
        elif told.keys() - {"type", "src"} or told.get("type") != "module":
            self.faults.append("It runs the survey's script in an unusual way.")

    def _linked(self, told: dict[str, str]) -> None:
        self.styles += 1
        if told != {"rel": "stylesheet", "href": self._style}:
            self.faults.append(f"It loads {_shown(told.get('href'))} besides the style sheet.")

    def _described(self, told: dict[str, str]) -> None:
        if told.keys() == {"charset"} and told["charset"].lower() == "utf-8":
            return
        if told.keys() != {"name", "content"} or told["name"] not in _META:
            self.faults.append("It gives the browser an unusual instruction (<meta>).")

    def _plain(self, tag: str, told: dict[str, str]) -> None:
        for name, value in told.items():
            if name.startswith("on") or name == "style":
                self.faults.append(f"It has script or style of its own in a <{tag}> ({name}).")
            elif "url(" in value.lower():
                self.faults.append(f"It loads something in a <{tag}> ({name}).")
            elif name in _ADDRESSES and not (tag == "a" and self._own.fullmatch(value)):
                self.faults.append(f"It names another address in a <{tag}>: {_shown(value)}.")


def faults(page: bytes, *, script: str, style: str, survey: str) -> list[str]:
    """Return what a page has that it must not have.

    ``script`` and ``style`` are the addresses, with their digests, that it must load.
    """
    reader = _Reader(script, style, survey)
    try:
        reader.feed(page.decode("utf-8"))
        reader.close()
    except (UnicodeDecodeError, ValueError, AssertionError):
        return ["It is no page that can be read."]
    found = reader.faults
    if reader.tags != len(_OPENS.findall(page)):
        found.append("It is written so that different browsers may read it differently.")
    if reader.scripts != 1 or reader.styles != 1:
        found.append(
            f"It has {reader.scripts} scripts and {reader.styles} style sheets, expected one each."
        )
    return list(dict.fromkeys(found))


def _shown(address: str | None) -> str:
    return f"“{address[:120]}”" if address else "a script without an address"
