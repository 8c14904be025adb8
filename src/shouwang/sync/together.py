"""Doing together what several threads ask for at once."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

_MOMENT = 0.001
"""Seconds that a set waits for more if the one before had several: those who were answered then are asking again."""
Asked = TypeVar("Asked")
Done = TypeVar("Done")


class _Seat(Generic[Asked, Done]):
    __slots__ = ("asked", "done", "error", "served")

    def __init__(self, asked: Asked) -> None:
        self.asked, self.served = asked, False
        self.done: Done
        self.error: Exception | None = None


class Together(Generic[Asked, Done]):
    """Whoever comes while a set is worked at is part of the next set: one transaction, one commit for all of them.

    ``work`` does a set; ``alone`` does one, after ``work`` has failed, so that nobody suffers from another's trouble.
    Two with the same ``key`` are never in one set.
    """

    def __init__(
        self,
        work: Callable[[list[Asked]], list[Done]],
        alone: Callable[[Asked], Done],
        key: Callable[[Asked], object],
    ) -> None:
        self._work, self._alone, self._key = work, alone, key
        self._turn, self._lock = threading.Lock(), threading.Lock()
        self._company = False
        self._waiting: list[_Seat[Asked, Done]] = []

    def do(self, asked: Asked) -> Done:
        """What came of ``asked``; raises what doing it alone raises."""
        seat: _Seat[Asked, Done] = _Seat(asked)
        with self._lock:
            self._waiting.append(seat)
        while not seat.served:
            with self._turn:
                if not seat.served:
                    if self._company:
                        time.sleep(_MOMENT)
                    self._serve(self._next(seat))
        if seat.error is not None:
            raise seat.error
        return seat.done

    def _next(self, own: _Seat[Asked, Done]) -> list[_Seat[Asked, Done]]:
        """The first of each key; of her own key it is hers: who has done the work of others never waits for them."""
        with self._lock:
            first = {self._key(seat.asked): seat for seat in reversed(self._waiting)}
            chosen = list((first | {self._key(own.asked): own}).values())
            self._waiting = [seat for seat in self._waiting if seat not in chosen]
        self._company = len(chosen) > 1
        return chosen

    def _serve(self, seats: list[_Seat[Asked, Done]]) -> None:
        try:
            for seat, done in zip(seats, self._work([seat.asked for seat in seats]), strict=True):
                seat.done, seat.served = done, True
        except Exception:
            for seat in seats:
                try:
                    seat.done = self._alone(seat.asked)
                except Exception as error:
                    seat.error = error
                seat.served = True
        finally:  # the thread itself is stopped: the others must not wait for it
            for seat in seats:
                if not seat.served:
                    seat.error, seat.served = RuntimeError("stopped"), True
