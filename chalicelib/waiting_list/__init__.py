"""The waiting lists: who waits for a product that is sold out, in order of joining.

                     .--- units return: hand-over ------> OFFERED       got a hold, an ordinary reservation
    join --> WAITING +--- leave ------------------------> LEFT
                     `--- may not have the hold --------> PASSED_OVER   for the reason that the entry names

OFFERED, LEFT and PASSED_OVER are final. The transaction that returns units hands them over
(`chalicelib/db/functions/waiting_list.sql`).
"""
