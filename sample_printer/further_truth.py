"""What a printed document says beyond the fields of `document_truth`: authority, arrival, copies, signatures, joint issuers.

In: what was printed. Out: true values under the names that `sohoa describe` prints.
"""

from sample_printer.heads import joined_number
from sample_printer.spec import DocumentSpec, Signature
from sample_printer.truth import JsonObject, joined

_MARKS = {"TM": "TM.", "KT": "KT.", "TL": "TL.", "TUQ": "TUQ.", "Q": "Q.", "T/M": "TM.", "K/T": "KT.", "T/L": "TL."}


def further_truth(spec: DocumentSpec) -> JsonObject:
    """The true further fields of a document; what is not on the paper is None or empty."""
    signed = spec.signatures[-1] if spec.signatures else None
    mode = spec.copy.form if spec.copy else next((mark.form for mark in spec.digital_marks if mark.form), "")
    if spec.copy_stamp and not mode:
        mode = "Sao y" if spec.copy_stamp.startswith("SAO Y") else "Bản sao"
    return {
        "number": joined_number(spec) if spec.code_number else None,
        "signerAuthority": authority_marks(signed) if signed else None,
        "mode": mode or ("Bản chính" if signed else None),
        "arrival": {
            "organName": joined(spec.arrival.organ),
            "number": spec.arrival.number,
            "date": spec.arrival.day.isoformat(),
        }
        if spec.arrival
        else None,
        "digitalSignatures": [{"signer": mark.signer, "signedAt": mark.signed_at} for mark in spec.digital_marks],
        "coIssuers": [joined(name) for name in spec.co_issuers],
        "annexes": len(spec.annexes),
        "autograph": bool(spec.notes),
    }


def authority_marks(signature: Signature) -> str | None:
    """The marks of the lines of authority and position in their order ("TM. KT.")."""
    firsts = [line.split(" ")[0].rstrip(".") for line in (*signature.authority.split("\n"), *signature.position.split("\n"))]
    return " ".join(_MARKS[first] for first in firsts if first in _MARKS) or None
