"""Who may see a document, in words. In: its access, who asks. Out: a sentence."""

from __future__ import annotations

from dossier.messages import Messages
from dossier.model import NOBODY, Access, Reader
from search_api.presentation import written_date


def access_line(access: Access, reader: Reader, messages: Messages) -> str:
    """Level, groups and day of opening; of the groups only his own for who does not see everything."""
    if access == NOBODY:
        return messages.text("web.access_unknown")
    said = [messages.text(f"level.{access.level.name.lower()}")]
    groups = [group for group in access.groups if reader.sees_all or group in reader.groups]
    if groups:
        said.append(messages.text("web.access_groups", groups=", ".join(groups)))
    if access.open_from:
        day = str(access.open_from)
        said.append(messages.text("web.access_from", day=written_date(f"{day[:4]}-{day[4:6]}-{day[6:]}")))
    return messages.text("web.access", facts="; ".join(said))
