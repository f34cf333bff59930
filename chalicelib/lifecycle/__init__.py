"""The life of a reservation, one transition a module; each is conditional, short and safe to repeat.

              reserve
                 |
                 v            complete (paid before the lapse)
              ACTIVE -------------------------------------------> COMPLETED
                 |  \\
                 |   `---- cancel (given back before the lapse) -> CANCELLED   units back to stock
                 |
                 `-------- lapse, then expire | sweep | reclaim -> EXPIRED     units back to stock

COMPLETED, CANCELLED and EXPIRED are final. For every product, always: total = available + held + sold.
"""
