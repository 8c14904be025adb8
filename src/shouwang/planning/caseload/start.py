"""Where the search begins: centres far apart, then whoever would lose most by waiting is placed first."""

from typing import Any

import numpy as np

Floats = Any


def start(
    x: Floats,
    y: Floats,
    load: Floats,
    capacity: Floats,
    extra: Floats,
    fixed: Floats,
    random: np.random.Generator,
) -> tuple[Any, Any]:
    """Caseload of each block and centre of each caseload: k-means++ centres, assignment by regret, centres moved to
    the middle, a few times over. Where the last blocks fit nowhere a caseload is overfull; the search mends that."""
    centre = _far_apart(x, y, fixed, capacity.size, random)
    home = np.zeros(x.size, np.int64)
    for _ in range(5):
        cost = np.hypot(x[:, None] - x[centre], y[:, None] - y[centre]) + extra
        home = _by_regret(cost, load, capacity, fixed)
        centre = middles(x, y, np.ones(x.size), home, centre)
    return home, centre


def _far_apart(x: Floats, y: Floats, fixed: Floats, caseloads: int, random: np.random.Generator) -> Any:
    centre = np.full(caseloads, -1, np.int64)
    for c in np.unique(fixed[fixed >= 0]):
        centre[c] = random.choice(np.flatnonzero(fixed == c))
    taken = centre[centre >= 0]
    far = (
        np.min(np.hypot(x[:, None] - x[taken], y[:, None] - y[taken]), axis=1)
        if taken.size
        else np.ones(x.size)
    )
    for c in np.flatnonzero(centre < 0):
        chance = far**2
        total = chance.sum()
        centre[c] = random.choice(x.size, p=chance / total) if total > 0 else random.integers(x.size)
        far = np.minimum(far, np.hypot(x - x[centre[c]], y - y[centre[c]]))
    return centre


def _by_regret(cost: Floats, load: Floats, capacity: Floats, fixed: Floats) -> Any:
    home, room = fixed.copy(), capacity.astype(float)
    for i in np.flatnonzero(fixed >= 0):
        room[fixed[i]] -= load[i]
    waiting = np.flatnonzero(fixed < 0)
    if cost.shape[1] > 1:
        two = np.partition(cost[waiting], 1, axis=1)[:, :2]
        waiting = waiting[np.argsort(two[:, 0] - two[:, 1], kind="stable")]
    for i in waiting:
        fits = np.flatnonzero(room >= load[i])
        home[i] = fits[np.argmin(cost[i, fits])] if fits.size else int(np.argmax(room))
        room[home[i]] -= load[i]
    return home


def middles(x: Floats, y: Floats, weight: Floats, home: Floats, centre: Floats) -> Any:
    """The best centre of each caseload; an empty one keeps its own."""
    found = centre.copy()
    for c in range(centre.size):
        inside = np.flatnonzero(home == c)
        if inside.size:
            apart = np.hypot(x[inside][:, None] - x[inside], y[inside][:, None] - y[inside])
            found[c] = inside[np.argmin(weight[inside] @ apart)]
    return found
