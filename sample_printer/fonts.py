"""Typefaces with all Vietnamese letters, found among the fonts of the system.

In: a family name, a face and a size in points. Out: a Pillow font. A missing font is an error that names the Debian
package to install; nothing is ever printed in a substitute, because other letters would make other truth.
"""

from functools import cache
from pathlib import Path

from PIL import ImageFont

FONT_FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/usr/share/texmf/fonts"),
    Path.home() / ".fonts",
    Path.home() / ".local/share/fonts",
)

FACES = ("regular", "bold", "italic", "bold-italic")

# Liberation 1 and Courier Prime are left out: Debian's builds lack ơ, ư and the letters with tone marks.
_FAMILIES: dict[str, tuple[str, tuple[str, str, str, str]]] = {
    "tinos": ("fonts-croscore", ("Tinos-Regular.ttf", "Tinos-Bold.ttf", "Tinos-Italic.ttf", "Tinos-BoldItalic.ttf")),
    "arimo": ("fonts-croscore", ("Arimo-Regular.ttf", "Arimo-Bold.ttf", "Arimo-Italic.ttf", "Arimo-BoldItalic.ttf")),
    "cousine": ("fonts-croscore", ("Cousine-Regular.ttf", "Cousine-Bold.ttf", "Cousine-Italic.ttf", "Cousine-BoldItalic.ttf")),
    "termes": (
        "fonts-texgyre",
        (
            "texgyretermes-regular.otf",
            "texgyretermes-bold.otf",
            "texgyretermes-italic.otf",
            "texgyretermes-bolditalic.otf",
        ),
    ),
    "freeserif": (
        "fonts-freefont-ttf",
        ("FreeSerif.ttf", "FreeSerifBold.ttf", "FreeSerifItalic.ttf", "FreeSerifBoldItalic.ttf"),
    ),
    "freemono": (
        "fonts-freefont-ttf",
        ("FreeMono.ttf", "FreeMonoBold.ttf", "FreeMonoOblique.ttf", "FreeMonoBoldOblique.ttf"),
    ),
    "cursor": (
        "fonts-texgyre",
        (
            "texgyrecursor-regular.otf",
            "texgyrecursor-bold.otf",
            "texgyrecursor-italic.otf",
            "texgyrecursor-bolditalic.otf",
        ),
    ),
    "carlito": (
        "fonts-crosextra-carlito",
        ("Carlito-Regular.ttf", "Carlito-Bold.ttf", "Carlito-Italic.ttf", "Carlito-BoldItalic.ttf"),
    ),
    "dejavuserif": (
        "fonts-dejavu-extra",
        ("DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf", "DejaVuSerif-Italic.ttf", "DejaVuSerif-BoldItalic.ttf"),
    ),
    "dejavusans": (
        "fonts-dejavu-extra",
        ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSans-Oblique.ttf", "DejaVuSans-BoldOblique.ttf"),
    ),
    "notoserif": (
        "fonts-noto-core",
        ("NotoSerif-Regular.ttf", "NotoSerif-Bold.ttf", "NotoSerif-Italic.ttf", "NotoSerif-BoldItalic.ttf"),
    ),
    "notosans": (
        "fonts-noto-core",
        ("NotoSans-Regular.ttf", "NotoSans-Bold.ttf", "NotoSans-Italic.ttf", "NotoSans-BoldItalic.ttf"),
    ),
    "libertine": (
        "fonts-linuxlibertine",
        ("LinLibertine_R.otf", "LinLibertine_RB.otf", "LinLibertine_RI.otf", "LinLibertine_RI.otf"),
    ),
    "didot": ("fonts-gfs-didot", ("GFSDidot.otf", "GFSDidotBold.otf", "GFSDidotItalic.otf", "GFSDidotBoldItalic.otf")),
    "lato": ("fonts-lato", ("Lato-Regular.ttf", "Lato-Bold.ttf", "Lato-Italic.ttf", "Lato-BoldItalic.ttf")),
    "cmu": ("fonts-cmu", ("cmunrm.ttf", "cmunbx.ttf", "cmunti.ttf", "cmunbi.ttf")),
    "cmutype": ("fonts-cmu", ("cmuntt.ttf", "cmuntb.ttf", "cmunit.ttf", "cmuntx.ttf")),
    "jetbrains": (
        "fonts-jetbrains-mono",
        ("JetBrainsMono-Regular.ttf", "JetBrainsMono-Bold.ttf", "JetBrainsMono-Italic.ttf", "JetBrainsMono-BoldItalic.ttf"),
    ),
    "chorus": ("fonts-texgyre", ("texgyrechorus-mediumitalic.otf",) * 4),
}

FAMILIES = tuple(_FAMILIES)

_PENS: dict[str, tuple[str, tuple[str, str, str, str]]] = {
    name: (package, (file,) * 4)
    for name, package, file in (
        ("dkg", "fonts-dkg-handwriting", "dkg.ttf"),
        ("dkg-slanted", "fonts-dkg-handwriting", "dkgIt.ttf"),
        ("breip", "fonts-breip", "breipfont.ttf"),
        ("femke", "fonts-femkeklaver", "femkeklaver.ttf"),
        ("dancing", "fonts-dancingscript", "DancingScript-Regular.otf"),
    )
}
"""Hands that write figures only: they have not all Vietnamese letters."""


class FontMissing(RuntimeError):
    """A font file is not installed; the message names the Debian package that holds it."""

    def __init__(self, file_name: str, package: str) -> None:
        self.file_name = file_name
        self.package = package
        super().__init__(f"font {file_name} not found: install it with `apt-get install {package}`")


@cache
def _installed(folders: tuple[Path, ...]) -> dict[str, Path]:
    """File name to path of every font below the folders; earlier folders win."""
    found: dict[str, Path] = {}
    for folder in folders:
        for path in sorted(folder.rglob("*.[ot]tf")) if folder.is_dir() else ():
            found.setdefault(path.name, path)
    return found


def font_path(family: str, face: str = "regular", *, folders: tuple[Path, ...] = FONT_FOLDERS) -> Path:
    """Return the file of a face.

    Raises:
        FontMissing: the file is not below the font folders.
        KeyError: no such family; see `FAMILIES` and `pens`.
        ValueError: no such face; see `FACES`.
    """
    package, files = (_FAMILIES | _PENS)[family]
    file_name = files[FACES.index(face)]
    path = _installed(folders).get(file_name)
    if path is None:
        raise FontMissing(file_name, package)
    return path


def pens() -> tuple[str, ...]:
    """Families that write figures by hand and are installed; the first is always there where the printer is."""
    installed = _installed(FONT_FOLDERS)
    return ("chorus", *(name for name, (_, files) in _PENS.items() if files[0] in installed))


@cache
def font(family: str, face: str = "regular", *, points: float, dpi: int) -> ImageFont.FreeTypeFont:
    """Open a face at a size in points for a resolution.

    The basic layout engine is asked for by name: whether Raqm is there differs between builds of Pillow, and it would
    place letters differently.

    Raises:
        FontMissing: the font is not installed.
    """
    size = points * dpi / 72
    return ImageFont.truetype(str(font_path(family, face)), size, layout_engine=ImageFont.Layout.BASIC)
