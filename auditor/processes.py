"""One function over many items, in this process or in several, with the results in the order of the items."""

from __future__ import annotations

import copyreg
import gc
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from functools import partial
from operator import attrgetter
from threading import current_thread, main_thread
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Make = Callable[..., Callable[[Item], Result]]

MOST_AT_ONCE = 16  # items that go to a process together: fewer messages, and still an even end
SHARES = 4  # of its items that a process is handed one after the other, at least

_work: Callable[[Any], Any] | None = None


def each(make: Make[Item, Result], settings: tuple[object, ...], items: Sequence[Item], jobs: int) -> Iterator[Result]:
    """``make(*settings)`` called on each item, by ``jobs`` processes where there is more than one item for them.

    Every process makes its own function once. ``make``, ``settings``, items and results must be picklable, and a
    script that asks for several jobs needs the usual ``if __name__ == "__main__"``. What the function raises is raised
    here, and work not yet begun is dropped then, as it is on an interrupt.
    """
    jobs = min(jobs, len(items))
    if jobs > 1:
        yield from _spread(make, settings, items, jobs)
        return
    work = partial(_tidily, make(*settings))
    for item in items:
        yield work(item)


def carried(*classes: type) -> None:
    """Has instances of frozen dataclasses, of which there are many in a result, travel as the arguments that make them:
    the way of `dataclasses` itself, field by field in Python, takes twice as long."""
    for one in classes:
        copyreg.pickle(one, partial(_arguments, attrgetter(*(field.name for field in fields(one)))))


def _arguments(values: Callable[[Any], tuple[object, ...]], one: Any) -> tuple[type, tuple[object, ...]]:
    return type(one), values(one)


@contextmanager
def hoarding() -> Iterator[None]:
    """While results pile up that all stay, do without searching them for cycles again and again, which takes ever
    longer. `each` searches what every single item leaves behind."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _spread(
    make: Make[Item, Result], settings: tuple[object, ...], items: Sequence[Item], jobs: int
) -> Iterator[Result]:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Spawned, as forking a process that has threads (Polars has) is unsafe.
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (make, settings))
    try:
        with _uninterrupted():
            results = pool.map(_do, items, chunksize=max(1, min(MOST_AT_ONCE, len(items) // (jobs * SHARES))))
        yield from results
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes that begin meanwhile ignore interrupts from their first line: the terminal interrupts all of them at
    once, and the one that waits for the others ends them. Only the main thread may say so."""
    if current_thread() is not main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _begin(make: Make[Item, Result], settings: tuple[object, ...]) -> None:
    global _work  # noqa: PLW0603 (the one place where a process keeps what it does)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where another thread began this process
    gc.disable()
    _work = make(*settings)


def _do(item: Any) -> Any:
    assert _work is not None
    return _tidily(_work, item)


def _tidily(work: Callable[[Item], Result], item: Item) -> Result:
    result = work(item)
    gc.collect(1)  # the young objects only: those of this item
    return result
