"""Longest rising runs: what kept its order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import lt


def longest_rising(values: Sequence[int]) -> list[int]:
    """Indices of a longest strictly rising subsequence (Fredman 1975, O(n log n)); the leftmost choice on ties."""
    if _rises(values):
        return list(range(len(values)))
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for i, value in enumerate(values):
        at = bisect_left(tails, value)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(value)
            ends.append(i)
        else:
            tails[at] = value
            ends[at] = i
    return _trace(ends[-1] if ends else -1, before)


def heaviest_rising(values: Sequence[int], sizes: Sequence[int]) -> list[int]:
    """Indices of a longest strictly rising subsequence of distinct values; among the longest the one of the largest
    joint size.  O(n log n) with a Fenwick tree over the ranks of the values."""
    if _rises(values):
        return list(range(len(values)))
    rank = {v: r for r, v in enumerate(sorted(values), 1)}
    best: list[tuple[int, int, int]] = [(0, 0, -1)] * (len(values) + 1)
    before: list[int] = []
    top = (0, 0, -1)
    for i, value in enumerate(values):
        length, size, previous = _highest(best, rank[value] - 1)
        before.append(previous)
        here = (length + 1, size + sizes[i], i)
        _raise(best, rank[value], here)
        top = max(top, here, key=lambda t: t[:2])
    return _trace(top[2], before)


def _rises(values: Sequence[int]) -> bool:
    return all(map(lt, values, values[1:]))


def _highest(tree: list[tuple[int, int, int]], at: int) -> tuple[int, int, int]:
    found = (0, 0, -1)
    while at > 0:
        found = max(found, tree[at], key=lambda t: t[:2])
        at -= at & -at
    return found


def _raise(tree: list[tuple[int, int, int]], at: int, value: tuple[int, int, int]) -> None:
    while at < len(tree):
        tree[at] = max(tree[at], value, key=lambda t: t[:2])
        at += at & -at


def _trace(last: int, before: Sequence[int]) -> list[int]:
    found = []
    while last >= 0:
        found.append(last)
        last = before[last]
    return found[::-1]
