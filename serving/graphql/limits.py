"""Who may do how much when: what a client may spend in a minute, and how many questions run at once."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar

import anyio
import anyio.to_thread
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from serving.http.errors import RATE_LIMITED, TIMEOUT, HttpRefusalError
from serving.http.requests import NamedClient
from serving.process.settings import Settings

_OWED = 64  # cached answers, at a cost of 1 each, that are put on a client's bill at once
RATES = 256  # of clients by name, that are kept made
_DEBTORS = 10_000  # clients whose such answers are counted

_Result = TypeVar("_Result")


class ClientBudgets:
    """What each client may spend in a minute: by its name where it has one, which may have a rate of its own, else by
    the address that it comes from. Never waits, keeps all in memory."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._item = lru_cache(RATES)(RateLimitItemPerMinute)
        self._owed: Counter[str] = Counter()

    def spend(self, client: str, cost: int) -> None:
        """Take a cost from a client's budget. Raises HttpRefusalError 429 where that is spent."""
        if not self.has_spent(client, cost):
            rate = self._rate_of(client)
            raise HttpRefusalError(429, RATE_LIMITED, _refusal(rate, cost), self._headers(client, rate))

    def has_spent(self, client: str, cost: int) -> bool:
        """The same, but where the budget is spent nothing is taken and it is False."""
        rate = self._rate_of(client)
        return not rate or self._limiter.hit(self._item(rate), client, cost=cost)

    def spend_one(self, client: str) -> None:
        """Take the cost of a cached answer, which is 1, as `spend` does; many are taken together."""
        if not self.has_spent_one(client):
            self.spend(client, self._owed.pop(client, 0) + 1)

    def has_spent_one(self, client: str) -> bool:
        """The same, but where the budget is spent nothing is taken and it is False."""
        rate = self._rate_of(client)
        if not rate:
            return True
        owed = self._owed[client] + 1
        if owed < min(_OWED, rate):
            self._owed[client] = owed
            if len(self._owed) > _DEBTORS:
                self._owed.clear()
            return True
        if not self._limiter.hit(self._item(rate), client, cost=owed):
            return False
        self._owed.pop(client, None)
        return True

    def _rate_of(self, client: str) -> int:
        own = client.rate if isinstance(client, NamedClient) else None
        return self._rate if own is None else own

    def _headers(self, client: str, rate: int) -> dict[str, str]:
        window = self._limiter.get_window_stats(self._item(rate), client)
        wait = str(max(1, int(window.reset_time - time.time()) + 1))
        return {
            "retry-after": wait,
            "ratelimit-limit": str(rate),
            "ratelimit-remaining": str(window.remaining),
            "ratelimit-reset": wait,
        }


def _refusal(rate: int, cost: int) -> str:
    if cost > rate:
        return f"the question costs {cost:,}, and a client may spend {rate:,} in a minute; ask for less"
    return f"a client may spend a cost of {rate:,} in a minute, and this one has; try again later"


@dataclass(slots=True)
class ExecutionSlots:
    """Runs what takes long in threads, so many at a time as is set, and of one client half of them at most."""

    settings: Settings
    running: int = 0
    _slots: anyio.CapacityLimiter = field(init=False)
    _of_clients: dict[str, tuple[anyio.CapacityLimiter, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._slots = anyio.CapacityLimiter(self.settings.max_executing)

    async def run(self, client: str, work: Callable[[], _Result]) -> _Result:
        """What `work` returns. Raises HttpRefusalError 429 where the wait for a turn is longer than a run may be."""
        async with self._turn(client):
            return await anyio.to_thread.run_sync(work)

    @asynccontextmanager
    async def _turn(self, client: str) -> AsyncIterator[None]:
        borrower, acquired = object(), []
        try:
            for limiter in (self._slots_of(client), self._slots):
                await self._acquire(limiter, borrower)
                acquired.append(limiter)
            self.running += 1
            try:
                yield
            finally:
                self.running -= 1
        finally:
            for limiter in acquired:
                limiter.release_on_behalf_of(borrower)
            self._leave(client)

    async def _acquire(self, limiter: anyio.CapacityLimiter, borrower: object) -> None:
        try:
            with anyio.fail_after(self.settings.execution_timeout):
                await limiter.acquire_on_behalf_of(borrower)
        except TimeoutError as error:
            headers = {"retry-after": str(self.settings.execution_timeout)}
            raise HttpRefusalError(429, TIMEOUT, "too many questions are being answered; try again", headers) from error

    def _slots_of(self, client: str) -> anyio.CapacityLimiter:
        """The slots of one client, as long as any of its questions runs or waits."""
        limiter, users = self._of_clients.get(client, (None, 0))
        limiter = limiter or anyio.CapacityLimiter(max(1, self.settings.max_executing // 2))
        self._of_clients[client] = (limiter, users + 1)
        return limiter

    def _leave(self, client: str) -> None:
        limiter, users = self._of_clients[client]
        if users == 1:
            del self._of_clients[client]
        else:
            self._of_clients[client] = (limiter, users - 1)
