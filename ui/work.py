"""The lock under which sessions work one after the other, first come first served, and the cache of their results."""

from collections import OrderedDict, deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from threading import Condition, Lock, get_ident
from time import sleep
from typing import TypeVar

from ui import session

T = TypeVar("T")

# Seconds in which the thread that sends all messages has the interpreter to itself. Without this pause, p95 of 100
# visitors was 1.6 s instead of 1.1 s.
PAUSE = 0.005
CACHE_BYTES = 64_000_000


class FairLock:
    """A re-entrant lock that is handed over in the order in which it was asked for."""

    def __init__(self) -> None:
        self._changed = Condition(Lock())
        self._queue: deque[object] = deque()
        self._owner: int | None = None
        self._depth = 0

    @property
    def waiting(self) -> int:
        """How many threads wait for it."""
        return len(self._queue)

    def acquire(self) -> None:
        """Wait for the lock."""
        with self._changed:
            if self._owner == get_ident():
                self._depth += 1
                return
            ticket = object()
            self._queue.append(ticket)
            try:
                self._changed.wait_for(lambda: self._owner is None and self._queue[0] is ticket)
                self._owner, self._depth = get_ident(), 1
            finally:
                self._queue.remove(ticket)

    def release(self, pause: float = 0.0) -> None:
        """Hand the lock over, after a pause in seconds if somebody waits for it."""
        if pause and self._depth == 1 and self.waiting:
            sleep(pause)
        with self._changed:
            self._depth -= 1
            if not self._depth:
                self._owner = None
                self._changed.notify_all()


_lock = FairLock()


@contextmanager
def working() -> Iterator[None]:
    """Hold the lock: one session works at a time.

    Trainings side by side take many times longer than one after the other. The interpreter runs one thread at a time;
    every matrix product releases it and then has to win it back.
    """
    pause = 0.0
    _lock.acquire()
    try:
        # Stop if the visitor has left while waiting, or has asked for something newer.
        session.checkpoint()
        pause = PAUSE
        yield
    finally:
        _lock.release(pause)


class Cache:
    """Results by key, up to `limit` bytes in all. Beyond that, the least recently used are dropped.

    A result larger than that is not kept.
    """

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self._kept: OrderedDict[Hashable, tuple[object, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T], size: Callable[[T], int]) -> T:
        """The value under `key`, remembered, or made now under the lock. size: how many bytes a value takes."""
        if (found := self._find(key)) is not None:
            return found  # type: ignore[return-value]
        with working():
            # Another session may have made it while this one waited.
            if (found := self._find(key)) is not None:
                return found  # type: ignore[return-value]
            value = make()
            self._keep(key, value, size(value))
        return value

    def _find(self, key: Hashable) -> object | None:
        with self._lock:
            if key not in self._kept:
                return None
            self._kept.move_to_end(key)
            return self._kept[key][0]

    def _keep(self, key: Hashable, value: object, size: int) -> None:
        with self._lock:
            self._kept[key] = value, size
            self.size += size
            while self.size > self.limit:
                _, (_, dropped) = self._kept.popitem(last=False)
                self.size -= dropped


cache = Cache(CACHE_BYTES)
