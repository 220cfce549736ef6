"""How much is done for whom: what one question may cost, what one client may spend, how many run at once."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

import anyio
import anyio.to_thread
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from graph_data.core.errors import QuestionError
from schema.guard import TooLargeError
from serving.errors import RATE_LIMITED, TIMEOUT, HttpRefusalError
from serving.settings import Settings
from serving.weighing import Weight

INLINE = 500  # cost up to which a question is run at once: handing it to a thread would take longer
_OWED = 64  # answers sent again, at a cost of 1 each, that are put on a client's bill at once
_DEBTORS = 10_000  # clients whose such answers are counted

_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Cost:
    """What `extensions.cost` tells: of this question, what it costs, what it may cost, and what is left of that."""

    requested: int
    limit: int

    def shown(self) -> dict[str, int]:
        remaining = max(0, self.limit - self.requested)
        return {"requested": self.requested, "limit": self.limit, "remaining": remaining}


def require_affordable(cost: Cost, weight: Weight, max_ids: int) -> None:
    """Raises TooLargeError for a question that costs more, QuestionError for one with more ids, than one may."""
    if weight.ids > max_ids:
        raise QuestionError(f"{weight.ids:,} ids are asked for at once; give at most {max_ids:,}")
    if cost.requested > cost.limit:
        raise TooLargeError(
            f"the question costs {cost.requested:,}, at most {cost.limit:,} may be; ask for pages such as first: 10"
        )


class Budgets:
    """What each client may spend in a minute, by the address that it comes from. Never waits, keeps all in memory."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._item = RateLimitItemPerMinute(max(1, rate))
        self._owed: Counter[str] = Counter()

    def spend(self, client: str, cost: int) -> None:
        """Take a cost from a client's budget. Raises HttpRefusalError 429 where that is spent."""
        if self._rate and not self._limiter.hit(self._item, client, cost=cost):
            raise HttpRefusalError(429, RATE_LIMITED, self._refusal(cost), self._headers(client))

    def spend_little(self, client: str) -> None:
        """Take the cost of an answer that is only sent again, which is 1, as `spend` does; many are taken together."""
        if not self.afforded(client):
            self.spend(client, self._owed.pop(client, 0) + 1)

    def afforded(self, client: str) -> bool:
        """The same, but where the budget is spent nothing is taken and it is False."""
        if not self._rate:
            return True
        owed = self._owed[client] + 1
        if owed < min(_OWED, self._rate):
            self._owed[client] = owed
            if len(self._owed) > _DEBTORS:
                self._owed.clear()
            return True
        if not self._limiter.hit(self._item, client, cost=owed):
            return False
        self._owed.pop(client, None)
        return True

    def _refusal(self, cost: int) -> str:
        if cost > self._rate:
            return f"the question costs {cost:,}, and a client may spend {self._rate:,} in a minute; ask for less"
        return f"a client may spend a cost of {self._rate:,} in a minute, and this one has; try again later"

    def _headers(self, client: str) -> dict[str, str]:
        window = self._limiter.get_window_stats(self._item, client)
        wait = str(max(1, int(window.reset_time - time.time()) + 1))
        limit, remaining = str(self._rate), str(window.remaining)
        return {
            "retry-after": wait,
            "ratelimit-limit": limit,
            "ratelimit-remaining": remaining,
            "ratelimit-reset": wait,
        }


@dataclass(slots=True)
class Runs:
    """Runs questions: cheap ones at once, others in a thread, so many at a time as is set."""

    settings: Settings
    running: int = 0
    _slots: anyio.CapacityLimiter = field(init=False)

    def __post_init__(self) -> None:
        self._slots = anyio.CapacityLimiter(self.settings.max_executing)

    async def run(self, cost: int, work: Callable[[], _Result]) -> _Result:
        """What `work` returns. Raises HttpRefusalError 429 where the wait for a turn is longer than a run may be."""
        if cost <= INLINE:
            return work()
        async with self._turn():
            return await anyio.to_thread.run_sync(work)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        try:
            with anyio.fail_after(self.settings.execution_timeout):
                await self._slots.acquire()
        except TimeoutError as error:
            headers = {"retry-after": str(self.settings.execution_timeout)}
            raise HttpRefusalError(429, TIMEOUT, "too many questions are being answered; try again", headers) from error
        self.running += 1
        try:
            yield
        finally:
            self.running -= 1
            self._slots.release()
