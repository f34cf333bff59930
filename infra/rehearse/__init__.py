"""`make rehearse`: a whole sale by simulated shoppers against a running stage, and whether its promises held.

    arrivals → crowd ─ one shopper each ─ client → the stage      faults: what goes wrong meanwhile, and when
                          └ record ┐
    evidence (the stage's own account) ┴ promises → verdict

The shoppers are coroutines with httpx, not a load tool. Locust starts users at a rate for whole seconds, patches the
sockets of the process, and its statistics do not say which shopper was told what, which is what the verdict compares.
"""
