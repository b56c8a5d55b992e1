"""The index being served: opened when it can be, tried again when it could not."""

import logging
import os
import time
from os import PathLike
from threading import Lock
from typing import ClassVar

from flask import current_app

import search
from search import Caps, Config, Engine, SearchError

logger = logging.getLogger(__name__)

CHECKED = 10.0
"""Seconds that a look at the disk is good for: monitors of several sorts ask at once."""


class LiveIndex:
    """Hands out one shared engine, and opens the folder again after a failure."""

    NAME: ClassVar[str] = "songngu"

    def __init__(
        self, path: str | PathLike[str], engine: Engine | None = None, config: Config | None = None
    ) -> None:
        self.path = os.fspath(path)
        self._config = config or Config()
        self._engine = engine
        self._reopens = engine is None
        self._lock = Lock()
        self._checked = -CHECKED
        self._found: SearchError | None = None
        try:
            self.engine()  # now rather than in the first visitor's time
        except SearchError as error:
            logger.warning("%s", error)
        except Exception:  # a fault of the engine must not keep the site from saying so
            logger.exception("cannot open the index at %s", self.path)

    def engine(self) -> Engine:
        """The open engine. Raises what `search.open` raises."""
        with self._lock:
            if self._engine is None:
                self._engine = search.open(self.path, self._config)
            return self._engine

    @property
    def caps(self) -> Caps:
        """The bounds of its engine, known before it is open."""
        return self._engine.caps if self._engine else self._config.caps

    def forget(self) -> None:
        """Open the folder again at the next request: what we hold no longer answers.

        The old engine is not closed, since other threads may still be reading from it.
        """
        if self._reopens:
            with self._lock:
                self._engine = None

    def check(self) -> None:
        """Look at the index where it is kept. Raises SearchError when it could not be opened now."""
        if not self._reopens or time.monotonic() < self._checked + CHECKED:
            if self._found:
                raise self._found
            return
        self._found = None
        try:
            search.check(self.path)
        except SearchError as error:
            self._found = error
            raise
        finally:
            self._checked = time.monotonic()

    def close(self) -> None:
        """Let go of the files, when no thread searches any more."""
        with self._lock:
            if self._engine is not None:
                self._engine.close()


def live_index() -> LiveIndex:
    """The index of the application that is answering."""
    index = current_app.extensions[LiveIndex.NAME]
    assert isinstance(index, LiveIndex)
    return index
