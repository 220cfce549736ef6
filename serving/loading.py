"""The dataset that is being served, and how it comes to be: read once, beside a server that already answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import anyio.to_thread

from graph_data import load
from graph_data.dataset import Dataset
from graph_data.errors import JuesuanError
from serving.errors import NOT_READY, HttpRefusalError
from serving.logs import logger
from serving.settings import Settings


@dataclass(slots=True)
class Served:
    """Holds the one dataset that requests read; None until it is loaded. `failure` says why there never will be one."""

    dataset: Dataset | None = None
    failure: str | None = None
    on_failure: Callable[[], None] = field(default=lambda: None)

    def dataset_or_refusal(self) -> Dataset:
        if self.dataset is None:
            raise HttpRefusalError(
                503, NOT_READY, self.failure or "the dataset is being loaded; try again", {"retry-after": "1"}
            )
        return self.dataset

    async def load(self, settings: Settings) -> None:
        """Read the packages in a thread and swap the dataset in; a package that cannot be served is told by name."""
        try:
            dataset = await anyio.to_thread.run_sync(lambda: load(settings.packages, strict=settings.strict))
        except JuesuanError as error:
            self._fail(str(error))
            return
        except BaseException:
            self._fail("the dataset could not be loaded; the log says why")
            raise
        for refusal in dataset.refused:
            logger().warning("package refused", reason=str(refusal))
        self.dataset = dataset
        logger().info("ready", version=dataset.version, refused=len(dataset.refused))

    def _fail(self, reason: str) -> None:
        self.failure = reason
        logger().error("packages cannot be served", reason=reason)
        self.on_failure()
