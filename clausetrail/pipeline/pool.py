"""Jobs over the cores; one writer."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, as_completed, wait
from contextlib import contextmanager
from multiprocessing import connection

from clausetrail.pipeline.jobs import Done, Job, work

Progress = Callable[[int, int, str], None]
"""Called with (done, total, what is being done)."""

_AHEAD = 2
"""Jobs that wait beside each one that runs, so that memory stays bounded."""
_SMALL = 2_000_000
"""Bytes that are read faster here than a second process starts."""


def run(jobs: Iterable[Job], weight: int, workers: int | None = None) -> Iterator[Done]:
    """Results of the jobs, as they are done.  `weight` is how many bytes they hold together; `workers` None means one
    for each core, or none but this process where there is little to do.  Jobs are taken as they are needed."""
    count = workers or (os.cpu_count() or 1 if weight >= _SMALL else 1)
    if count < 2:
        yield from map(work, jobs)
        return
    # Not forked: the writer has databases open, which must not be shared with a copy of this process.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(count, mp_context=context, initializer=_settle) as pool:
        waiting: set[Future[Done]] = set()
        try:
            for job in jobs:
                with _undisturbed():
                    waiting.add(pool.submit(work, job))
                if len(waiting) >= count * _AHEAD:
                    ready, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    yield from (future.result() for future in ready)
            yield from (future.result() for future in as_completed(waiting))
        except BaseException:
            # They only read and reckon: nothing is lost, and nobody who pressed Ctrl-C wants to wait for them.
            for worker in multiprocessing.active_children():
                worker.terminate()
            raise
        finally:
            with _undisturbed():
                pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C waits until this is done.  Processes started inside never hear it, not even while they start."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _settle() -> None:
    """Make a worker of this process: it leaves Ctrl-C to the writer, ends when the writer does, and looks for cycles
    seldom, since it makes millions of small objects and hardly a cycle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(200_000, 20, 20)
    threading.Thread(target=_follow_writer, daemon=True).start()


def _follow_writer() -> None:
    """End with the writer, even where it was killed and could say nothing."""
    writer = multiprocessing.parent_process()
    if writer is not None:
        connection.wait([writer.sentinel])
        os._exit(1)
