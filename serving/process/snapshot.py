"""The dataset that is served: read once beside a server that already answers, and again when that is asked for."""

from __future__ import annotations

import asyncio
import time
import weakref
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import anyio
import anyio.to_thread

from graph_data.checks import message
from graph_data.conclusions import FILE as CONCLUSIONS
from graph_data.core.cache import LruCache
from graph_data.core.collector import collector_in_steps, give_back, settle
from graph_data.core.errors import JuesuanError
from graph_data.dataset import Dataset
from graph_data.index.layout import INDEX, is_index
from graph_data.sources import Loaded, Source, Sources
from graph_data.store.changes import KnownFinding
from graph_data.store.clients import Clients
from graph_data.store.store import Archive, Published, Store
from serving.process.logs import logger
from serving.process.settings import Settings

_OVERHEAD = 400  # bytes that an answer takes beside its own
_GRACE = 30  # seconds after which nothing of an old dataset is needed any more
_LEISURE = 4  # for each second of verifying, so many of something else
_LOOK = 0.2  # seconds between looks at what clients publish
_FAULT = "the dataset could not be loaded; the log says why"


class NotReadyError(Exception):
    """No dataset is served: it is being loaded, or cannot be."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A dataset and the answers that were given from it; they come and go together.

    `answers` holds the JSON of answers by their tags and, within the one bound, the replies of the fast path by their
    requests; `sources` and `published` say where the dataset came from, `loaded_at` when it was swapped in (UTC).
    """

    dataset: Dataset
    answers: LruCache[Hashable, object]
    sources: tuple[Source, ...] = ()
    published: Published | None = None
    computing: dict[str, asyncio.Event] = field(default_factory=dict)
    loaded_at: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))

    async def answer_when_computed(self, tag: str) -> bytes | None:
        """The answer of a tag, waited for where it is being computed; None where there is none."""
        if computing := self.computing.get(tag):
            await computing.wait()
        return self.answer(tag)

    def answer(self, tag: str) -> bytes | None:
        """The answer of a tag, whether or not it is being computed; None where there is none."""
        answer = self.answers.get(tag)
        return answer if isinstance(answer, bytes) else None

    def store(self, tag: str, body: bytes) -> None:
        """Cache an answer, as long as there is room."""
        self.answers.put(tag, bytes(memoryview(body)), len(body) + _OVERHEAD)  # what orjson gives takes 4 KiB

    @contextmanager
    def computing_answer(self, tag: str) -> Iterator[None]:
        """Meanwhile others with the same question wait for its answer instead of computing it too."""
        event = self.computing.setdefault(tag, asyncio.Event())
        try:
            yield
        finally:
            event.set()
            self.computing.pop(tag, None)


@dataclass(slots=True)
class DatasetHolder:
    """Holds the one snapshot that new requests read; a request in flight keeps the one that it began with.

    `loaded` is set once the first one is there, or cannot be; `failure` says why there never will be one,
    `reload_failure` why the last reload left the old one, or a package of it, in place.
    """

    snapshot: Snapshot | None = None
    failure: str | None = None
    reload_failure: str | None = None
    reloads: int = 0
    on_failure: Callable[[], None] = field(default=lambda: None)
    loaded: asyncio.Event = field(default_factory=asyncio.Event)
    store: Store | None = None
    _sources: Sources | None = None
    _old: list[weakref.ref[Dataset]] = field(default_factory=list)
    _asked: asyncio.Event = field(default_factory=asyncio.Event)
    _loop: asyncio.AbstractEventLoop | None = None

    @property
    def dataset(self) -> Dataset | None:
        return self.snapshot.dataset if self.snapshot is not None else None

    def current(self) -> Snapshot:
        """The snapshot for a request that begins now. Raises NotReadyError where there is none."""
        if self.snapshot is None:
            raise NotReadyError(self.failure or "the dataset is being loaded; try again")
        return self.snapshot

    def ask_reload(self) -> None:
        """Have the packages read again soon; from any thread, or a signal handler."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._asked.set)

    async def load_and_reload(self, settings: Settings) -> None:
        """Load, and from then on reload whenever that is asked for or the packages' files change; until cancelled."""
        self._loop = asyncio.get_running_loop()
        seen = await _files(settings)
        await self.load(settings)
        self.loaded.set()
        beside = [] if self.snapshot is None else [asyncio.create_task(self._verify(self.snapshot))]
        following = asyncio.create_task(self._follow())
        try:
            while (snapshot := self.snapshot) is not None:
                try:
                    await asyncio.wait_for(self._asked.wait(), settings.watch or None)
                except TimeoutError:
                    if (found := await _files(settings)) == seen:
                        continue
                    seen = found
                self._asked.clear()
                await self.reload(settings)
                if self.snapshot is not None and self.snapshot is not snapshot:
                    beside = [task for task in beside if not task.done()]
                    beside += [
                        asyncio.create_task(self._settle_later()),
                        asyncio.create_task(self._verify(self.snapshot)),
                    ]
                del snapshot
        finally:
            for task in (*beside, following):
                task.cancel()

    async def _follow(self) -> None:
        """Have the dataset read again whenever anything was published, by whichever process."""
        asked: tuple[int, int] | None = None
        while self.store is not None and self.snapshot is not None and self.snapshot.published is not None:
            stamp = self.store.journal.stamp()
            if stamp not in (asked, self.snapshot.published.stamp):
                asked = stamp
                self._asked.set()
            await asyncio.sleep(_LOOK)

    async def _verify(self, snapshot: Snapshot) -> None:
        """Compare the files of a dataset with what was written, in the time that is left; what is damaged is logged."""
        integrity, known = snapshot.dataset.integrity, 0
        steps = integrity.verify()
        del snapshot
        while self.snapshot is not None and self.snapshot.dataset.integrity is integrity:
            start = time.monotonic()
            done = await anyio.to_thread.run_sync(next, steps, True)
            for damage in integrity.damages[known:]:
                logger().error("damaged", reason=str(damage))
            known = len(integrity.damages)
            if done:
                return
            await asyncio.sleep(_LEISURE * (time.monotonic() - start))

    async def _settle_later(self) -> None:
        """Once requests in flight have ended an old dataset is gone, or only circles of theirs hold it."""
        await asyncio.sleep(_GRACE)
        self._old = [each for each in self._old if each() is not None]
        await anyio.to_thread.run_sync(settle if self._old else give_back)

    async def load(self, settings: Settings) -> None:
        """Read the packages in a thread and swap the dataset in; a package that cannot be served is told by name."""
        try:
            await anyio.to_thread.run_sync(self._swap, settings)
        except JuesuanError as error:
            self._fail(str(error))
        except Exception:
            self._fail(_FAULT)
            raise

    async def reload(self, settings: Settings) -> None:
        """The same beside the dataset that is served, which stays where there is nothing new to serve."""
        try:
            await anyio.to_thread.run_sync(self._swap, settings)
        except JuesuanError as error:
            self._stay(str(error))
        except Exception:  # noqa: BLE001 - a fault in reading ends no service that works
            logger().exception("reload failed")
            self._stay(_FAULT)

    def _swap(self, settings: Settings) -> None:
        if self._sources is None:
            self._sources = Sources(settings.packages, settings.strict, settings.engine, self.store)
        with collector_in_steps():
            loaded = self._sources.load()
            dataset = self._recorded(loaded)
        for refusal in dataset.refused:
            logger().warning("package refused", reason=str(refusal))
        if self.snapshot is not None:
            self.reloads += 1
            self._old.append(weakref.ref(self.snapshot.dataset))
        self.snapshot = Snapshot(dataset, LruCache(settings.response_cache), loaded.sources, loaded.published)
        self.reload_failure = None
        if loaded.kept:
            self._stay(loaded.kept[0])
        logger().info("ready", version=dataset.version, refused=len(dataset.refused))
        give_back()

    def _recorded(self, loaded: Loaded) -> Dataset:
        """The dataset with its history, to which it is added before anybody is answered from it."""
        dataset = loaded.dataset
        if self.store is None or loaded.published is None:
            return dataset
        dataset = replace(dataset, archive=Archive(self.store, loaded.published))
        findings = (
            KnownFinding(each.account, each.finding.check, each.finding.severity.name, message(each.finding))
            for each in dataset.findings
        )
        try:
            history = self.store.changes.record(dataset.version, loaded.published.number, dataset.digests, findings)
        except (JuesuanError, OSError) as error:
            logger().error("what changed cannot be recorded", reason=str(error))
            return dataset
        return replace(dataset, history=history)

    def _fail(self, reason: str) -> None:
        self.failure = reason
        logger().error("packages cannot be served", reason=reason)
        self.on_failure()

    def _stay(self, reason: str) -> None:
        self.reload_failure = reason
        logger().error("reload failed, what was served before it still is", reason=reason)


def stored(settings: Settings) -> tuple[Store | None, Clients | None]:
    """Where clients publish, and the clients; None for what is switched off."""
    store = None if settings.publish is None else Store(settings.publish)
    file = settings.clients or (None if store is None else store.folder / "clients.json")
    return store, None if file is None else Clients(file)


async def _files(settings: Settings) -> object:
    """What tells that packages changed: the time and size of each of their files; of an index, of index.json."""
    return await anyio.to_thread.run_sync(_stamps, settings.packages) if settings.watch else None


def _stamps(folders: Iterable[Path]) -> list[tuple[str, int, int]]:
    found = sorted(path for folder in folders for path in _watched(folder))
    return [(str(path), (state := path.stat()).st_mtime_ns, state.st_size) for path in found]


def _watched(folder: Path) -> Iterable[Path]:
    """Shards of an index never change once they are there: it is another one when index.json is."""
    if is_index(folder):
        return (each for each in (folder / INDEX, folder / CONCLUSIONS) if each.is_file())
    return (path for path in folder.rglob("*") if path.is_file())
