"""Ways to break the data stack."""

from tests.aws import rules_of_data as data
from tests.aws.breakage import GONE, Breakage

DATABASE = "Database Properties"
OPEN = {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "CidrIp": "0.0.0.0/0"}
OF_DATA = (
    Breakage(
        "parameter family vs engine",
        "DatabaseParameters Properties Family",
        "postgres17",
        data.parameters_are_for_the_engine_s_version,
    ),
    Breakage(
        "subnets overlap",
        "SubnetB Properties CidrBlock",
        "10.20.8.0/21",
        data.subnets_lie_apart_in_the_network,
    ),
    Breakage(
        "subnet outside vpc",
        "SubnetB Properties CidrBlock",
        "10.21.0.0/20",
        data.subnets_lie_apart_in_the_network,
    ),
    Breakage("public database", f"{DATABASE} PubliclyAccessible", True, data.database_is_private_and_encrypted),
    Breakage("unencrypted database", f"{DATABASE} StorageEncrypted", False, data.database_is_private_and_encrypted),
    Breakage("backups off", f"{DATABASE} BackupRetentionPeriod", 0, data.database_can_be_restored),
    Breakage("no snapshot on delete", "Database DeletionPolicy", "Delete", data.database_can_be_restored),
    Breakage(
        "proxy without auth",
        "Proxy Properties DefaultAuthScheme",
        GONE,
        data.proxy_takes_tokens_and_no_passwords,
    ),
    Breakage(
        "proxy target in one subnet",
        "Proxy Properties VpcSubnetIds",
        [{"Ref": "SubnetA"}],
        data.proxy_and_database_have_two_zones,
    ),
    Breakage(
        "db open to world",
        "DatabaseGroup Properties SecurityGroupIngress 0",
        OPEN,
        data.only_groups_may_connect,
    ),
    Breakage(
        "endpoint service misspelt",
        "QueueEndpoint Properties ServiceName",
        {"Fn::Sub": "com.amazonaws.${AWS::Region}.sqss"},
        data.endpoints_are_those_of_the_services_that_the_code_calls,
    ),
    Breakage(
        "borrow timeout 999",
        "ProxyTarget Properties ConnectionPoolConfigurationInfo ConnectionBorrowTimeout",
        999,
        data.proxy_refuses_soon,
    ),
    # beyond the forty
    Breakage(
        "more functions than connections",
        "ProxyTarget Properties ConnectionPoolConfigurationInfo MaxConnectionsPercent",
        10,
        data.connections_suffice_for_the_functions,
    ),
    Breakage(
        "database without TLS",
        "DatabaseParameters Properties Parameters rds.force_ssl",
        "0",
        data.connections_are_encrypted,
    ),
    Breakage("proxy without TLS", "Proxy Properties RequireTLS", False, data.connections_are_encrypted),
    Breakage("keys lost", "TokenKeys DeletionPolicy", "Delete", data.keys_are_kept),
    Breakage("NAT unasked", "Nat Condition", GONE, data.functions_reach_the_internet_only_where_asked_for),
    Breakage(
        "public subnet", "SubnetA Properties MapPublicIpOnLaunch", True, data.private_subnets_have_no_public_address
    ),
    Breakage("production without standby", f"{DATABASE} MultiAZ", "false", data.production_is_protected),
    Breakage(
        "public code bucket",
        "CodeBucket Properties PublicAccessBlockConfiguration",
        GONE,
        data.buckets_are_private_and_encrypted,
    ),
)
