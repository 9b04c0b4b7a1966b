"""How much work waits that other systems ordered, for those who watch the server. In: the ledger. Out: numbers by kind."""

from __future__ import annotations

from sqlalchemy import func, select

from store.database import Database
from store.exports import OPEN_STATES, exports
from store.webhooks import WebhookState, webhooks


def open_jobs(database: Database) -> dict[str, int]:
    """Exports not done yet, webhooks whose receiver fails, webhooks given up."""
    with database.read() as connection:
        waiting = select(func.count()).select_from(exports).where(exports.c.state.in_(OPEN_STATES))
        failing = select(func.count()).select_from(webhooks).where(webhooks.c.failures > 0, webhooks.c.state == WebhookState.ACTIVE)
        dead = select(func.count()).select_from(webhooks).where(webhooks.c.state == WebhookState.DEAD)
        found = {"exports": waiting, "webhooks_failing": failing, "webhooks_dead": dead}
        return {kind: int(connection.scalar(query) or 0) for kind, query in found.items()}
