"""Forms of civil papers and procedure dossiers, written down in `form_texts/*.toml` and filled in by chance.

In: randomness. Out: a `FilledForm`: which paper of which dossier type it is, its text in the markup below, and the true value of
every field. The texts follow the printed forms, not the rules that read them. Markup of a line:

    = TEXT   title: bold capitals, centred      ^ TEXT   centred in the right half (place and date, who signs)
    > TEXT   centred, upright                   ! TEXT   bold
    A || B   two or three columns               ~ TEXT   italic
    | a | b  row of a ruled table               TEXT …   dots fill the line to its end
    {break}  new sheet                          (empty)  a little room

`{name:maker words}` is a field with its maker (`form_values`), `{:maker}` is print that no field asks for.
"""

import random
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sample_printer.form_values import fill

TEXTS = Path(__file__).parent / "form_texts"

_GAP = re.compile(r"\{([A-Za-z0-9.]*):([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class FormText:
    """A form as it is written down.

    Attributes:
        pack, paper: the dossier type and the paper in it.
        head: "state" (quốc hiệu over the whole width), "office" (agency left, quốc hiệu right) or "none".
        office: lines of the agency.
        lines: markup of the module docstring.
        points: size of its type.
    """

    pack: str
    paper: str
    head: str
    office: tuple[str, ...]
    lines: tuple[str, ...]
    points: float = 13.0


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form with its gaps filled in: what is to be printed, and the true values by field."""

    text: FormText
    fields: dict[str, str]


@cache
def form_texts() -> tuple[FormText, ...]:
    """All forms that are written down, sorted by pack."""
    forms = []
    for path in sorted(TEXTS.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        forms += [
            FormText(
                table["pack"],
                form["paper"],
                form.get("head", "state"),
                tuple(form.get("office", ())),
                tuple(form["print"].strip().splitlines()),
                form.get("points", 13.0),
            )
            for form in table["form"]
        ]
    return tuple(forms)


def fill_form(form: FormText, rng: random.Random) -> FilledForm:
    """Fill the gaps of a form.

    Raises:
        KeyError: a gap names a maker that does not exist.
    """
    fields: dict[str, str] = {}

    def filled(gap: re.Match[str]) -> str:
        printed, value = fill(gap[2], rng)
        if gap[1]:
            fields[gap[1]] = value
        return printed

    def line(text: str) -> str:
        return _GAP.sub(filled, text)

    office = tuple(line(text) for text in form.office)
    lines = tuple(line(text) for text in form.lines)
    return FilledForm(FormText(form.pack, form.paper, form.head, office, lines, form.points), fields)
