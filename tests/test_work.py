"""Work that visitors share: one at a time, in the order they come, for nobody who has left; and what is remembered."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from time import monotonic

import pytest
from streamlit.testing.v1 import AppTest

from ui import session, work
from ui.work import PAUSE, Cache, FairLock, working

PATIENCE = 10.0


class LeftError(Exception):
    """Raised where a visitor has left."""


@pytest.fixture
def lock(monkeypatch: pytest.MonkeyPatch) -> FairLock:
    """The lock of all work, in nobody else's hands."""
    fresh = FairLock()
    monkeypatch.setattr(work, "_lock", fresh)
    return fresh


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses made, none of which takes time."""
    made: list[float] = []
    monkeypatch.setattr(work, "sleep", made.append)
    return made


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(8) as pool:
        yield pool


def until(condition: Callable[[], bool]) -> None:
    end, tick = monotonic() + PATIENCE, Event()
    while not condition():
        assert monotonic() < end
        tick.wait(0.001)


def take(lock: FairLock) -> None:
    lock.acquire()
    lock.release()


def test_who_comes_first_is_served_first(lock: FairLock, threads: ThreadPoolExecutor) -> None:
    served = []

    def work_for(visitor: int) -> None:
        with working():
            served.append(visitor)

    lock.acquire()
    for visitor in range(6):
        threads.submit(work_for, visitor)
        until(lambda visitor=visitor: lock.waiting == visitor + 1)  # type: ignore[misc]
    lock.release()
    until(lambda: len(served) == 6)
    assert served == [0, 1, 2, 3, 4, 5]


def test_one_who_works_may_ask_again_and_keeps_the_lock_until_all_is_done(
    lock: FairLock, threads: ThreadPoolExecutor
) -> None:
    with working():
        with working():
            other = threads.submit(take, lock)
            until(lambda: lock.waiting == 1)
        with pytest.raises(TimeoutError):
            other.result(0.05)
    other.result(PATIENCE)


def test_a_fault_hands_the_lock_on(lock: FairLock, threads: ThreadPoolExecutor) -> None:
    with pytest.raises(ZeroDivisionError), working():
        raise ZeroDivisionError
    threads.submit(take, lock).result(PATIENCE)


def test_a_pause_is_made_for_those_who_wait_and_for_nobody_else(
    lock: FairLock, threads: ThreadPoolExecutor, pauses: list[float]
) -> None:
    with working():
        pass
    assert pauses == []
    with working():
        with working():
            pass
        other = threads.submit(take, lock)
        until(lambda: lock.waiting == 1)
    other.result(PATIENCE)
    assert pauses == [PAUSE]


def test_nobody_works_or_makes_others_wait_for_a_visitor_who_has_left(
    lock: FairLock, threads: ThreadPoolExecutor, pauses: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    is_served = Event()

    def left() -> None:
        is_served.set()
        until(lambda: lock.waiting == 1)
        raise LeftError

    made: list[int] = []
    monkeypatch.setattr(session, "checkpoint", left)
    gone = threads.submit(Cache(100).get, "key", lambda: made.append(1), lambda _: 1)
    assert is_served.wait(PATIENCE)
    threads.submit(take, lock).result(PATIENCE)
    with pytest.raises(LeftError):
        gone.result(PATIENCE)
    assert (made, pauses) == ([], [])


def a_script_that_is_told_to_stop() -> None:
    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    from ui import session

    st.text("before")
    context = get_script_run_ctx()
    assert context is not None
    assert context.script_requests is not None
    context.script_requests.request_stop()
    session.checkpoint()
    st.text("after")


def test_the_script_of_a_visitor_who_has_left_goes_no_further_than_the_next_checkpoint() -> None:
    page = AppTest.from_function(a_script_that_is_told_to_stop).run()
    assert [text.value for text in page.text] == ["before"]


def keep(cache: Cache, key: str, size: int, made: list[str] | None = None) -> str:
    def make() -> str:
        if made is not None:
            made.append(key)
        return key.upper()

    return cache.get(key, make, lambda _: size)


def test_the_cache_stays_within_its_bytes_and_drops_what_was_not_asked_for_longest(lock: FairLock) -> None:
    cache = Cache(100)
    made: list[str] = []
    # There is room for two: "c" drops "b", as "a" was asked for again, and "b" then drops "c".
    for key in "abacab":
        assert keep(cache, key, 40, made) == key.upper()
        assert cache.size <= 100
    assert made == ["a", "b", "c", "b"]
    assert lock.waiting == 0


def test_what_is_larger_than_the_cache_is_made_and_not_kept(lock: FairLock) -> None:
    cache = Cache(100)
    keep(cache, "small", 60)
    assert keep(cache, "large", 101) == "LARGE"
    assert cache.size <= 60
    assert lock.waiting == 0


def test_two_who_ask_for_the_same_at_once_get_one_value_made_once(lock: FairLock, threads: ThreadPoolExecutor) -> None:
    cache, made = Cache(100), []

    def make() -> object:
        until(lambda: lock.waiting == 1)
        made.append(object())
        return made[-1]

    askers: list[Future[object]] = [threads.submit(cache.get, "key", make, lambda _: 1) for _ in range(2)]
    first, second = (asker.result(PATIENCE) for asker in askers)
    assert first is second
    assert len(made) == 1


def test_a_value_that_could_not_be_made_is_tried_again(lock: FairLock, threads: ThreadPoolExecutor) -> None:
    cache = Cache(100)
    with pytest.raises(ZeroDivisionError):
        cache.get("key", lambda: 1 / 0, lambda _: 1)
    threads.submit(take, lock).result(PATIENCE)
    assert keep(cache, "key", 1) == "KEY"
