"""The end of a document: recipients on the left, authority, signature, seal and name on the right.

In: a flow after its body. Out: the same flow, closed (ô 7a, 7b, 7c, 8, 9b of the cell diagram).
"""

from sample_printer.flow import Flow
from sample_printer.spec import Signature, Style
from sample_printer.stamps import round_seal, scribble

SIGN_CENTRE_MM, LEFT_SIGN_CENTRE_MM = 147.0, 62.0
SIGN_SPACE_MM = 27.0


def closing_height(flow: Flow) -> float:
    """Return the height in mm that recipients and signatures take."""
    spec = flow.spec
    lines = max(len(signature.authority.split("\n")) + len(signature.position.split("\n")) for signature in spec.signatures)
    return (lines + 2) * flow.leading() + SIGN_SPACE_MM


def print_closing(flow: Flow) -> None:
    """Print recipients and signatures, together on one sheet."""
    spec = flow.spec
    flow.keep(closing_height(flow))
    flow.y += 4
    top = flow.y
    ends = [top]
    if spec.to_places:
        ends.append(_recipients(flow, top))
    centres = [SIGN_CENTRE_MM] if len(spec.signatures) == 1 else [LEFT_SIGN_CENTRE_MM, SIGN_CENTRE_MM]
    for signature, centre in zip(spec.signatures, centres, strict=True):
        ends.append(print_signature(flow, signature, centre=centre, top=top))
    flow.y = max(ends)


def _recipients(flow: Flow, top: float) -> float:
    """Print "Nơi nhận" (ô 9b) in its smaller size."""
    top += flow.leading(12)
    flow.sheet.print_line("Nơi nhận:", font=flow.font("bold-italic", 12), baseline=top, left=flow.left)
    face = flow.font("regular", 11)
    for number, place in enumerate(flow.spec.to_places):
        top += flow.leading(11) if flow.typed else flow.leading(10.5)
        end = "." if number == len(flow.spec.to_places) - 1 else ";"
        flow.sheet.print_line(f"- {place}{end}", font=face, baseline=top, left=flow.left)
    return top


def print_signature(flow: Flow, signature: Signature, *, centre: float, top: float) -> float:
    """Print authority, position and name (7a, 7b); sign and seal between them (7c, 8)."""
    spec, sheet, rng = flow.spec, flow.sheet, flow.rng
    bold = flow.font("bold", 13.5)
    for text in [*filter(None, signature.authority.split("\n")), *signature.position.split("\n")]:
        top += flow.leading(13)
        sheet.print_line(text, font=bold, baseline=top, centre=centre)
    pen = scribble(dpi=flow.dpi, rng=rng, blue=spec.style is not Style.TYPEWRITER or rng.random() < 0.5)
    sheet.press(pen, left=centre - sheet.millimetres(pen.width) / 2 + rng.uniform(-3, 6), top=top + rng.uniform(3, 5))
    name_at = top + SIGN_SPACE_MM + flow.leading(13)
    sheet.print_line(signature.name, font=bold, baseline=name_at, centre=centre)
    if signature.seal:
        seal = round_seal(signature.seal, dpi=flow.dpi, rng=rng)
        size = sheet.millimetres(seal.width)
        left = centre - 9 - size / 2 + rng.uniform(-4, 3)
        sheet.press(seal, left=left, top=top + rng.uniform(-2, 1.5) + (SIGN_SPACE_MM - size) / 2 + 4)
        sheet.optional.append(signature.seal.upper())
    return name_at + 2
