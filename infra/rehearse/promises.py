"""What the stage promises its shoppers, each checked by comparing what they were told with the stage's own account."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from infra.rehearse.evidence import Evidence, occupancy
from infra.rehearse.record import Action, Exchange, Record

IN_FLIGHT = timedelta(seconds=1)
"""Units may be free in the account, and taken by a transaction under way, for so long."""
FINAL = {"COMPLETED", "CANCELLED", "EXPIRED"}
SENT_UNTIL_ANSWERED = (Action.RESERVE, Action.COMPLETE, Action.CANCEL)
"""After an extend without an answer the shop reads the reservation instead."""
EXPECTED_PROBLEMS = {
    Action.RESERVE: {"insufficient-stock", "limit-exceeded", "too-many-holds", "cooling-down"},
    Action.EXTEND: {"reservation-expired", "not-active", "extension-limit", "extension-too-early"},
    Action.COMPLETE: {"reservation-expired", "not-active"},
    Action.CANCEL: {"reservation-expired", "not-active"},
    Action.JOIN: {"in-stock", "limit-exceeded", "too-many-holds", "cooling-down"},
    Action.LEAVE: {"not-waiting"},
}


@dataclass(frozen=True, slots=True)
class Sale:
    """The shoppers' records and the stage's account."""

    records: Sequence[Record]
    evidence: Evidence
    limit: int
    """The most units that a shopper may hold and buy."""
    functions_killed: bool = False
    """Then API Gateway answers 502 for requests whose function was killed."""


def every_unit_is_in_one_place(sale: Sale) -> Iterator[str]:
    """The audit balances, and counts what the shoppers' reservations add up to."""
    audit, evidence = sale.evidence.audit, sale.evidence
    if not audit["balanced"]:
        yield f"total {audit['total']}, available {audit['available']}, held {audit['held']}, sold {audit['sold']}"
    if not audit["journalAgrees"]:
        yield f"the journal has {audit['journal']}"
    if audit["sold"] != (sold := evidence.units("COMPLETED")):
        yield f"{audit['sold']} units are sold, and the shoppers bought {sold}"
    if audit["total"] != evidence.product["totalStock"]:
        yield f"{evidence.product['totalStock']} units were put on sale, and there are {audit['total']}"


def nothing_is_oversold(sale: Sale) -> Iterator[str]:
    """Held and sold units never exceed the stock, at no instant."""
    total = sale.evidence.product["totalStock"]
    for at, taken in occupancy(sale.evidence.reservations):
        if taken > total:
            yield f"{taken} of {total} units were held or sold at {at.time()}"


def no_shopper_exceeds_the_limit(sale: Sale) -> Iterator[str]:
    """Held and bought units of one shopper never exceed the product's limit."""
    for number, listed in sale.evidence.by_shopper.items():
        most = max((taken for _, taken in occupancy(listed)), default=0)
        if most > sale.limit:
            yield f"shopper {number} had {most} units at a time; the limit is {sale.limit}"


def every_answer_is_kept(sale: Sale) -> Iterator[str]:
    """The stage has each reservation that a shopper was told of, as told; an ending that was told is final."""
    for record in sale.records:
        listed = {one["id"]: one for one in sale.evidence.by_shopper[record.number]}
        for told in (one for exchange in record.exchanges for one in exchange.reservations()):
            kept = listed.get(told["id"])
            if kept is None:
                yield f"shopper {record.number} was told of {told['id']}, which is not among their reservations"
            elif difference := _difference(told, kept):
                yield f"{told['id']}, shopper {record.number}: {difference}"


def _difference(told: dict[str, object], kept: dict[str, object]) -> str:
    for name in ("productId", "quantity", "unitPrice", "createdAt"):
        if told[name] != kept[name]:
            return f"{name} was {told[name]} and is {kept[name]}"
    if told["status"] in FINAL and told["status"] != kept["status"]:
        return f"it was {told['status']} and is {kept['status']}"
    if str(told["expiresAt"]) > str(kept["expiresAt"]):
        return f"the hold was promised until {told['expiresAt']} and ended at {kept['expiresAt']}"
    return ""


def nothing_is_reserved_unasked(sale: Sale) -> Iterator[str]:
    """Each reservation answers a reserve, a late payment or a join, and no shopper sees another's."""
    for record in sale.records:
        asked = _made_by(record) | {one["reservationId"] for one in sale.evidence.waiters.get(record.number, [])}
        unknown = [one for one in sale.evidence.by_shopper[record.number] if one["id"] not in asked]
        allowed = len(record.unanswered(Action.RESERVE)) + len(record.unanswered(Action.COMPLETE))
        if len(unknown) > allowed:
            yield f"shopper {record.number} has {len(unknown)} reservations that they did not ask for"


def each_reservation_has_one_shopper(sale: Sale) -> Iterator[str]:
    """No reply names a reservation of another shopper."""
    owners: dict[str, set[int]] = defaultdict(set)
    for record in sale.records:
        for identifier in record.last_heard():
            owners[identifier].add(record.number)
    for identifier, numbers in owners.items():
        if len(numbers) > 1:
            yield f"shoppers {', '.join(map(str, sorted(numbers)))} were told of the same reservation {identifier}"


def _made_by(record: Record) -> set[str]:
    """Return the reservations that the shopper was told of when asking for units."""
    exchanges = [*record.of(Action.RESERVE), *record.of(Action.COMPLETE)]
    return {one["id"] for exchange in exchanges for one in exchange.reservations()}


def one_key_makes_one_reservation(sale: Sale) -> Iterator[str]:
    """All answers to one idempotency key name the same reservation, also if an earlier reply was lost."""
    for record in sale.records:
        made: dict[str, set[str]] = defaultdict(set)
        for exchange in record.of(Action.RESERVE):
            made[exchange.key] |= {one["id"] for one in exchange.reservations()}
        for identifiers in made.values():
            if len(identifiers) > 1:
                yield f"shopper {record.number} got {len(identifiers)} reservations for one key"


def no_refusal_while_units_are_free(sale: Sale) -> Iterator[str]:
    """Whoever is refused for lack of stock asked while too few units were free."""
    steps = occupancy(sale.evidence.reservations)
    total = sale.evidence.product["totalStock"]
    for record in sale.records:
        for exchange in record.of(Action.RESERVE):
            if exchange.answer.problem == "insufficient-stock":
                begin, end = exchange.answer.earliest - IN_FLIGHT, exchange.answer.latest + IN_FLIGHT
                free = total - _most_taken(steps, begin, end)
                if free >= exchange.quantity:
                    yield f"shopper {record.number} was refused {exchange.quantity} units while {free} were free"


def _most_taken(steps: Sequence[tuple[datetime, int]], begin: datetime, end: datetime) -> int:
    before = [taken for at, taken in steps if at <= begin][-1:]
    return max([*before, *(taken for at, taken in steps if begin < at <= end)], default=0)


def a_hold_ends_by_the_clock(sale: Sale) -> Iterator[str]:
    """No reply shows a hold as running after its lapse, or as lapsed before."""
    for record in sale.records:
        for exchange in record.exchanges:
            for one in exchange.reservations():
                lapse = datetime.fromisoformat(one["expiresAt"])
                # A replayed reserve may be an old reply only if the reservation reads so now, too.
                if one["status"] == "ACTIVE" and exchange.answer.earliest > lapse:
                    yield f"{one['id']} was shown as running after its lapse"
                if one["status"] == "EXPIRED" and exchange.answer.latest < lapse:
                    yield f"{one['id']} was shown as lapsed before its lapse"


def every_lapsed_hold_returns_its_units(sale: Sale) -> Iterator[str]:
    """A message, the sweep or a reclaim has put the units of each lapsed hold back, once."""
    for identifier, timeline in sale.evidence.timelines.items():
        times = sum(entry["event"] == "EXPIRED" for entry in timeline)
        if times != 1:
            yield f"{identifier} was expired {times} times"
    if held := sale.evidence.audit["held"]:
        yield f"{held} units are still held"


def no_payment_is_lost(sale: Sale) -> Iterator[str]:
    """Each payment has bought a reservation or is listed for refund, as the shopper was told."""
    for record in sale.records:
        listed = {one["id"]: one["status"] for one in sale.evidence.by_shopper[record.number]}
        for exchange in record.of(Action.COMPLETE):
            fault = _payment_fault(exchange, listed, sale.evidence.refunds)
            if fault:
                yield f"payment {exchange.reference} of shopper {record.number}: {fault}"


def _payment_fault(exchange: Exchange, listed: dict[str, str], refunds: Sequence[str]) -> str:
    to_refund = exchange.reference in refunds
    if exchange.answer.is_success:
        if to_refund:
            return "it was accepted, and is listed for refund"
        return "" if listed.get(exchange.answer.body["id"]) == "COMPLETED" else "it was accepted, and bought nothing"
    if exchange.answer.refund_required and not to_refund:
        return "the shopper was told of a refund, and it is not listed"
    return ""


def every_request_is_answered(sale: Sale) -> Iterator[str]:
    """Each request gets an answer in the end, and none that the API does not describe for it."""
    for action in SENT_UNTIL_ANSWERED:
        if unanswered := sum(len(record.unanswered(action)) for record in sale.records):
            yield f"{action} got no answer after all attempts, {unanswered} times"
    allowed = {0, HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS}
    if sale.functions_killed:
        allowed |= {HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT}
    strange = Counter(
        f"{exchange.action} was answered with {exchange.answer.status} {exchange.answer.problem}".strip()
        for record in sale.records
        for exchange in record.exchanges
        if exchange.answer.status not in allowed
        and exchange.answer.problem not in EXPECTED_PROBLEMS.get(exchange.action, ())
    )
    yield from (f"{answer}, {times} times" for answer, times in strange.items())


def who_waits_longest_is_served_first(sale: Sale) -> Iterator[str]:
    """While somebody waits, nobody who joined later is offered units that would have been enough for them.

    Each offer is a reservation of the shopper who waited.
    """
    product_id = sale.evidence.product["id"]
    of_product = [
        (number, entry)
        for number, entries in sale.evidence.waiters.items()
        for entry in entries
        if entry["productId"] == product_id
    ]
    for number, served in of_product:
        if served["status"] != "OFFERED":
            continue
        if served["reservationId"] not in {one["id"] for one in sale.evidence.by_shopper[number]}:
            yield f"shopper {number} was offered {served['reservationId']}, which is not among their reservations"
        for other, entry in of_product:
            waited = entry["createdAt"] < served["createdAt"] and entry["quantity"] <= served["quantity"]
            if waited and (entry["endedAt"] is None or entry["endedAt"] > served["endedAt"]):
                yield f"shopper {number} was served before shopper {other}, who had waited longer"


PROMISES: tuple[tuple[str, Callable[[Sale], Iterator[str]]], ...] = (
    ("Every unit is in exactly one place", every_unit_is_in_one_place),
    ("Nothing is oversold, at no instant", nothing_is_oversold),
    ("No shopper exceeds the limit", no_shopper_exceeds_the_limit),
    ("What shoppers were told is what the stage has", every_answer_is_kept),
    ("Nothing is reserved unasked", nothing_is_reserved_unasked),
    ("Each reservation has one shopper", each_reservation_has_one_shopper),
    ("One idempotency key makes one reservation", one_key_makes_one_reservation),
    ("Nobody is refused while units are free", no_refusal_while_units_are_free),
    ("A hold ends by the clock", a_hold_ends_by_the_clock),
    ("Every lapsed hold returns its units once", every_lapsed_hold_returns_its_units),
    ("No payment is lost", no_payment_is_lost),
    ("Who waits longest is served first", who_waits_longest_is_served_first),
    ("Every request is answered", every_request_is_answered),
)
