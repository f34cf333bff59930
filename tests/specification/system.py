"""The model's actions done by the database's functions, and the state that the rows then have."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from psycopg import Connection

from chalicelib.catalog.restock import restock
from chalicelib.db import payments, reservations, waiters
from chalicelib.db.payments import Payment
from chalicelib.db.reservations import Reservation, ReservePolicy
from chalicelib.errors import FlashSaleError
from chalicelib.lifecycle import reserve as reserving
from chalicelib.lifecycle.cancel import cancel
from chalicelib.lifecycle.complete import complete
from chalicelib.lifecycle.extend import extend
from chalicelib.lifecycle.pay import _answer as answer
from chalicelib.lifecycle.release import release
from chalicelib.waiting_list.leave import leave
from tests import lines
from tests.clocks import turn
from tests.factories import products, request
from tests.specification.model import Action, Hold, Rules, State, Waiter

HOLD_SECONDS = 1_000
TICK_SECONDS = 1_100  # time for less than a hundred seconds of actions between two ticks
AT_ANY_TIME = """
    CREATE OR REPLACE FUNCTION extendable_at(p_reservation reservation_now) RETURNS timestamptz
    LANGUAGE sql IMMUTABLE RETURN p_reservation.created_at
"""  # where a tick is a whole hold, every running hold is in its last tick
PRICE = 10
RULES = Rules(limit=2, holds_max=2)  # of the small sale

ROWS = """
    WITH sale (products, shoppers, holds) AS (VALUES (%s::uuid[], %s::uuid[], %s::uuid[]))
    SELECT ARRAY(
        SELECT json_build_array(sum(total), sum(available))
        FROM unnest(products) WITH ORDINALITY AS product (id, place) JOIN stock ON product_id = id
        GROUP BY place ORDER BY place
    ), ARRAY(
        SELECT json_build_array(
            array_position(holds, id), array_position(products, product_id) - 1,
            array_position(shoppers, shopper_id) - 1, quantity,
            ceil(extract(epoch FROM expires_at - instant_now()) / %s), status, extensions > 0,
            EXISTS (SELECT FROM payments WHERE reservation_id = reservations.id AND outcome = 'SETTLED'),
            ended_by IS NOT DISTINCT FROM 'admin', array_position(holds, replaces) - 1
        )
        FROM reservations WHERE product_id = ANY(products) ORDER BY array_position(holds, id)
    ), ARRAY(
        SELECT json_build_array(
            array_position(products, product_id) - 1, array_position(shoppers, shopper_id) - 1, quantity, status,
            array_position(holds, reservation_id) - 1
        )
        FROM waiters WHERE product_id = ANY(products) ORDER BY number
    )
    FROM sale
"""  # shoppers, products and reservations by their numbers
OFFERS = """
    SELECT waiters.reservation_id FROM waiters JOIN journal ON waiter_id = waiters.id AND event = 'OFFERED'
    WHERE waiters.product_id = ANY(%s) ORDER BY journal.id
"""
BALANCED = """
    SELECT bool_and(stock.balanced AND (stock.total, stock.available, stock.held, stock.sold)
                    = (entries.total, entries.available, entries.held, entries.sold))
    FROM stock_balance AS stock JOIN journal_balance AS entries USING (product_id) WHERE product_id = ANY(%s)
"""


@dataclass
class System:
    """Products and shoppers of its own in a real database; reservations have numbers in the order of their making."""

    rules: Rules
    products: list[UUID]
    shoppers: list[UUID]
    hold_seconds: int
    holds: list[UUID] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        connection: Connection,
        rules: Rules,
        slots: list[list[int]],
        shoppers: int,
        hold_seconds: int = HOLD_SECONDS,
    ) -> "System":
        """Put products on sale; `slots` spreads the units of each over stock rows."""
        own = products(connection, slots, str(PRICE))
        connection.execute("UPDATE products SET max_per_shopper = %s WHERE id = ANY(%s)", [rules.limit, own])
        return cls(rules, own, [uuid4() for _ in range(shoppers)], hold_seconds)

    def act(self, connection: Connection, action: Action, name: str) -> str:
        """Do something and return its outcome. `name` is the idempotency key or payment reference."""
        outcome, made = self.attempt(connection, action, name)
        self.add(connection, made)
        return outcome

    def add(self, connection: Connection, made: UUID | None) -> None:
        """Give new reservations the next numbers: first those made for shoppers who wait."""
        offers = [offer for (offer,) in connection.execute(OFFERS, [self.products])]
        self.holds += [new for new in (*offers, *([made] if made else [])) if new not in self.holds]

    def attempt(self, connection: Connection, action: Action, name: str) -> tuple[str, UUID | None]:
        """Do something; return its outcome and the reservation that it made."""
        kind, *arguments = action
        try:
            return DO[kind](self, connection, name, *arguments)
        except FlashSaleError as error:
            return type(error).__name__, None

    def read(self, connection: Connection) -> State:
        """Return the state that the rows have."""
        tick_seconds = self.hold_seconds / self.rules.hold_ticks
        rows = connection.execute(ROWS, [self.products, self.shoppers, self.holds, tick_seconds]).fetchone()
        assert rows is not None
        stock, holds, entries = rows
        assert [number for number, *_ in holds] == [*range(1, len(self.holds) + 1)], "a reservation nobody was told of"
        totals, available = zip(*stock, strict=True)
        made = tuple(Hold(*told) for _, *told in holds)
        return State(self.rules, totals, available, made, tuple(Waiter(*entry) for entry in entries))

    def is_balanced(self, connection: Connection) -> bool:
        """Return whether every unit is in one place, and the journal accounts for the same units."""
        return connection.execute(BALANCED, [self.products]).fetchone() == (True,)

    def _reserve(self, own: Connection, key: str, which: int, who: int, quantity: int) -> tuple[str, UUID | None]:
        asked = request(self.products[which], quantity, shopper_id=self.shoppers[who], key=key)
        return "done", reserving.reserve(own, asked, ReservePolicy(**self._policy)).reservation.id

    @property
    def _policy(self) -> dict[str, int]:
        return {"hold_seconds": self.hold_seconds, "max_extensions": 1, "max_active_holds": self.rules.holds_max}

    def _join(self, own: Connection, _: str, which: int, who: int, quantity: int) -> tuple[str, None]:
        lines.join(own, self.products[which], self.shoppers[who], quantity, **self._policy)
        return "done", None

    def _leave(self, own: Connection, _: str, number: int) -> tuple[str, None]:
        statement = "SELECT id, shopper_id FROM waiters WHERE product_id = ANY(%s) ORDER BY number OFFSET %s LIMIT 1"
        ((waiter_id, shopper_id),) = own.execute(statement, [self.products, number]).fetchall()
        leave(own, waiter_id, shopper_id)
        return "done", None

    def _pay(self, own: Connection, reference: str, number: int) -> tuple[str, UUID | None]:
        hold_id = self.holds[number]
        shopper_id, quantity = self._whose(own, hold_id)
        payment = Payment(reference, hold_id, shopper_id, quantity * PRICE)
        bought = answer(*payments.settle(own, payment, self.hold_seconds), reference)
        return ("done" if bought.id == hold_id else "replaced"), bought.id

    def _of_shopper(
        self, work: Callable[[Connection, UUID, UUID], object], own: Connection, _: str, number: int
    ) -> tuple[str, None]:
        shopper_id, _quantity = self._whose(own, self.holds[number])
        work(own, self.holds[number], shopper_id)
        return "done", None

    def _release(self, own: Connection, _: str, number: int) -> tuple[str, None]:
        release(own, self.holds[number], "ada")
        return "done", None

    def _whose(self, own: Connection, hold_id: UUID) -> tuple[UUID, int]:
        """Return whose a reservation is, and its quantity: they never change."""
        row = own.execute("SELECT shopper_id, quantity FROM reservations WHERE id = %s", [hold_id]).fetchone()
        assert row is not None
        return row[0], row[1]

    def _message(self, own: Connection, _: str, number: int) -> tuple[str, None]:
        outcome, _left = reservations.expire(own, self.holds[number])
        return outcome, None

    def _sweep(self, own: Connection, _: str, which: int) -> tuple[str, None]:
        product_id = self.products[which]
        slots = [slot for of, slot in reservations.slots_with_lapsed_holds(own) if of == product_id]
        swept = [len(reservations.sweep_slot(own, product_id, slot, 500)) for slot in slots]
        waiters.serve(own, product_id)
        return f"{sum(swept)} swept", None

    def _restock(self, own: Connection, _: str, which: int, units: int) -> tuple[str, None]:
        restock(own, self.products[which], units, "ada")
        return "done", None

    def _tick(self, own: Connection, _: str) -> tuple[str, None]:
        turn(own, TICK_SECONDS)
        return "done", None


def _shoppers(work: Callable[[Connection, UUID, UUID], Reservation | object]) -> Callable[..., tuple[str, UUID | None]]:
    return lambda system, *arguments: system._of_shopper(work, *arguments)


DO: dict[str, Callable[..., tuple[str, UUID | None]]] = {
    "reserve": System._reserve,
    "complete": _shoppers(complete),
    "cancel": _shoppers(cancel),
    "release": System._release,
    "extend": _shoppers(extend),
    "pay": System._pay,
    "message": System._message,
    "sweep": System._sweep,
    "restock": System._restock,
    "join": System._join,
    "leave": System._leave,
    "tick": System._tick,
}
