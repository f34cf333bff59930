"""The life of a reservation, one transition a module; each is conditional, short and safe to repeat.

              reserve
                 |
                 v            complete, pay (paid before the lapse)
              ACTIVE -------------------------------------------> COMPLETED
                 |  \\
                 |   `---- cancel (given back before the lapse) -> CANCELLED   units back to stock
                 |
                 `-------- lapse, then expire | sweep | reclaim -> EXPIRED     units back to stock

An extension lets an ACTIVE one lapse later. A payment that comes after the lapse buys a new one, reserved and completed
at once, or is marked for refund (pay, settle).

COMPLETED, CANCELLED and EXPIRED are final. For every product, always: total = available + held + sold.
What admins do to a product is here too: create, change, and restock, which moves total and available alone.
"""
