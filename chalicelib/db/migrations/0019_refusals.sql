-- Refused reserve requests, counted for the sale desk. An environment adds rows at most once a second and changes none,
-- so nobody waits for anybody. The figures are approximate; the log is exact. Unlogged: a commit does not wait for the
-- disk, and a crash of the server empties the table.
CREATE UNLOGGED TABLE refusals (
    at         timestamptz(3) NOT NULL DEFAULT instant_now(), -- of the row, at most a minute after the requests
    product_id uuid           NOT NULL, -- no foreign key, whose check would lock the row of the product
    reason     text           NOT NULL, -- the problem that the shoppers got
    requests   integer        NOT NULL,
    CONSTRAINT refusals_requests_positive CHECK (requests > 0)
);
CREATE INDEX refusals_times ON refusals (at);
