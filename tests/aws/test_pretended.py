"""The stub of CloudFront and RDS in `make rehearse-deploy` has what a destroyed stage asks of them."""

from infra.aws import leftovers
from infra.aws.rehearsal import Pretended


def test_a_destroyed_stage_finds_no_snapshot_where_rds_is_pretended() -> None:
    assert list(leftovers.snapshots(Pretended(), "flash-sale-dev-", keep=True)) == []
