"""The frozen problem of one buyer's run: the travelling purchaser problem (Ramesh 1981; Riera-Ledesma and
Salazar-González 2005), with or without limits of stock. A medicine of a given maker, or one that only a named hospital
sells, is a product of its own, offered by those who have it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shouwang.planning.fields import Fields, ProblemError, once


@dataclass(frozen=True, slots=True)
class Outlet:
    """A shop, pharmacy or hospital. ``pinned``: a person has said that it is to be visited."""

    id: str
    x: float
    y: float
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class Offer:
    """``price`` of one unit, in the money that a unit of distance costs. ``stock`` in units; ``None``: enough."""

    outlet: str
    product: str
    price: float
    stock: float | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """``demand`` in units by product. The run begins and ends at ``depot``. ``whole``: distances are cut down."""

    depot: tuple[float, float]
    outlets: tuple[Outlet, ...]
    offers: tuple[Offer, ...]
    demand: Mapping[str, float]
    distance_cost: float = 1.0
    whole: bool = False

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Problem":
        """Raises ``ProblemError`` with the place of the first mistake."""
        top = Fields(value)
        depot = top.object("depot")
        start = (depot.number("x"), depot.number("y"))
        depot.done()
        outlets, offers, demand = [], [], {}
        for fields in top.objects("outlets"):
            outlets.append(
                Outlet(
                    fields.text("id"), fields.number("x"), fields.number("y"), fields.flag("pinned", False)
                )
            )
            fields.done()
        for fields in top.objects("offers"):
            stock = fields.number("stock", least=0) if fields.has("stock") else None
            offers.append(
                Offer(fields.text("outlet"), fields.text("product"), fields.number("price", least=0), stock)
            )
            fields.done()
        for fields in top.objects("demand"):
            product = fields.text("product")
            if product in demand:
                raise ProblemError(f"demand: {product!r} stands there twice")
            demand[product] = fields.number("quantity", least=0)
            fields.done()
        cost = top.number("distance_cost", 1.0, least=0)
        top.done()
        problem = cls(start, tuple(outlets), tuple(offers), demand, cost)
        problem.validate()
        return problem

    def validate(self) -> None:
        once([outlet.id for outlet in self.outlets], "outlets")
        known = {outlet.id for outlet in self.outlets}
        for number, offer in enumerate(self.offers):
            if offer.outlet not in known:
                raise ProblemError(f"offers[{number}].outlet: there is no outlet {offer.outlet!r}")


@dataclass(frozen=True, slots=True)
class Purchase:
    outlet: str
    product: str
    quantity: float


@dataclass(frozen=True, slots=True)
class Solution:
    """``objective`` = ``travel`` (distance times its cost) + ``price``. ``bound``: no run can cost less.

    ``short``: what all outlets together do not have, by product. It must be asked for
    elsewhere and is never dropped in silence."""

    route: tuple[str, ...]
    purchases: tuple[Purchase, ...]
    short: Mapping[str, float]
    objective: float
    travel: float
    price: float
    bound: float
    seed: int
    seconds: float

    def as_json(self) -> dict[str, Any]:
        return {
            "route": list(self.route),
            "purchases": [[bought.outlet, bought.product, bought.quantity] for bought in self.purchases],
            "short": dict(self.short),
            "objective": self.objective,
            "travel": self.travel,
            "price": self.price,
            "bound": self.bound,
            "seed": self.seed,
            "seconds": round(self.seconds, 2),
        }
