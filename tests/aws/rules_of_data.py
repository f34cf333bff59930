"""What must be true of network, database and proxy, whatever the stage. A rule yields what is wrong."""

from collections.abc import Iterator
from ipaddress import ip_network
from itertools import combinations

from infra.aws import prices
from tests.aws.calls import SERVICES
from tests.aws.templates import Json, Resources, Templates, of_type

LONGEST_BORROW_SECONDS = 5
SCHEDULED = 3
"""Sweep, publish and audit run once at a time."""


def subnets_lie_apart_in_the_network(templates: Templates) -> Iterator[str]:
    networks = [ip_network(one["CidrBlock"]) for one in of_type(templates.data, "AWS::EC2::VPC").values()]
    subnets = {name: ip_network(one["CidrBlock"]) for name, one in of_type(templates.data, "AWS::EC2::Subnet").items()}
    for name, subnet in subnets.items():
        if not any(subnet.subnet_of(network) for network in networks):
            yield f"{name} lies outside of the network"
    for (name, one), (other_name, other) in combinations(subnets.items(), 2):
        if one.overlaps(other):
            yield f"{name} and {other_name} overlap"


def only_groups_may_connect(templates: Templates) -> Iterator[str]:
    groups = of_type(templates.data, "AWS::EC2::SecurityGroup")
    entries = [(name, entry) for name, group in groups.items() for entry in group.get("SecurityGroupIngress", [])]
    entries += of_type(templates.data, "AWS::EC2::SecurityGroupIngress").items()
    for name, entry in entries:
        if "SourceSecurityGroupId" not in entry:
            yield f"{name} accepts connections from addresses instead of a group: {entry}"


def functions_reach_the_internet_only_where_asked_for(templates: Templates) -> Iterator[str]:
    asked = templates.values["NatGateway"] == "true"
    gateways = of_type(templates.data, "AWS::EC2::NatGateway")
    if asked != bool(gateways):
        yield f"NAT was asked for: {asked}; the gateways: {sorted(gateways)}"
    egress = of_type(templates.data, "AWS::EC2::SecurityGroup")["FunctionsGroup"]["SecurityGroupEgress"]
    if asked != any(entry["CidrIp"] == "0.0.0.0/0" for entry in egress):
        yield "the functions' group does not fit the NAT gateway"


def private_subnets_have_no_public_address(templates: Templates) -> Iterator[str]:
    for name, subnet in of_type(templates.data, "AWS::EC2::Subnet").items():
        if subnet.get("MapPublicIpOnLaunch"):
            yield f"{name} gives public addresses"


def endpoints_are_those_of_the_services_that_the_code_calls(templates: Templates) -> Iterator[str]:
    endpoints = of_type(templates.data, "AWS::EC2::VPCEndpoint")
    found = {one["ServiceName"] for one in endpoints.values()}
    wanted = SERVICES if templates.values["Events"] == "true" else SERVICES - {"events"}
    expected = {f"com.amazonaws.${{AWS::Region}}.{service}" for service in wanted}
    if found != expected:
        yield f"endpoints for {found ^ expected} are missing or too many"
    for name, endpoint in endpoints.items():
        if not endpoint.get("PrivateDnsEnabled"):
            yield f"{name} is not found under the service's own name"


def database_is_private_and_encrypted(templates: Templates) -> Iterator[str]:
    database = templates.data["Database"]["Properties"]
    if database.get("PubliclyAccessible") is not False:
        yield "the database has a public address"
    restored = bool(templates.values.get("DatabaseSnapshot"))  # then it is what the snapshot is
    if not restored and database.get("StorageEncrypted") is not True:
        yield "the database's disk is not encrypted"


def database_can_be_restored(templates: Templates) -> Iterator[str]:
    database = templates.data["Database"]
    if not 1 <= int(database["Properties"].get("BackupRetentionPeriod", 0)) <= 35:
        yield "no backups are kept"
    for policy in ("DeletionPolicy", "UpdateReplacePolicy"):
        if database.get(policy) != "Snapshot":
            yield f"{policy} leaves no snapshot"


def production_is_protected(templates: Templates) -> Iterator[str]:
    database = templates.data["Database"]["Properties"]
    if templates.values["Stage"] != "dev" and (database["DeletionProtection"], database["MultiAZ"]) != ("true", "true"):
        yield "the database can be deleted, or has no standby"


def parameters_are_for_the_engine_s_version(templates: Templates) -> Iterator[str]:
    database = templates.data["Database"]["Properties"]
    family = templates.data["DatabaseParameters"]["Properties"]["Family"]
    if family != f"{database['Engine']}{database['EngineVersion'].partition('.')[0]}":
        yield f"{family} is no family of {database['Engine']} {database['EngineVersion']}"


def connections_are_encrypted(templates: Templates) -> Iterator[str]:
    if templates.data["Proxy"]["Properties"].get("RequireTLS") is not True:
        yield "the proxy takes connections without TLS"
    if templates.data["DatabaseParameters"]["Properties"]["Parameters"].get("rds.force_ssl") != "1":
        yield "the database takes connections without TLS"


def proxy_takes_tokens_and_no_passwords(templates: Templates) -> Iterator[str]:
    if templates.data["Proxy"]["Properties"].get("DefaultAuthScheme") != "IAM_AUTH":
        yield "the proxy does not authenticate by IAM"
    if templates.data["Database"]["Properties"].get("EnableIAMDatabaseAuthentication") is not True:
        yield "the database does not authenticate by IAM"


def proxy_and_database_have_two_zones(templates: Templates) -> Iterator[str]:
    for name, key in (("Proxy", "VpcSubnetIds"), ("DatabaseSubnets", "SubnetIds")):
        subnets = templates.data[name]["Properties"][key]
        if len({_zone(templates.data, subnet) for subnet in subnets}) < 2:
            yield f"{name} has fewer than two zones"


def _zone(resources: Resources, subnet: Json) -> str:
    return str(resources[subnet["Ref"]]["Properties"]["AvailabilityZone"])


def proxy_refuses_soon(templates: Templates) -> Iterator[str]:
    pool = templates.data["ProxyTarget"]["Properties"]["ConnectionPoolConfigurationInfo"]
    if not 1 <= pool.get("ConnectionBorrowTimeout", 120) <= LONGEST_BORROW_SECONDS:
        yield "who finds no connection waits too long"


def connections_suffice_for_the_functions(templates: Templates) -> Iterator[str]:
    functions = templates.service["APIHandler"]["Properties"].get("ReservedConcurrentExecutions")
    if functions is None:  # a stage to be tried: nothing is reserved
        return
    expiry = of_type(templates.service, "AWS::Lambda::EventSourceMapping")["ExpireExpireSqsEventSource"]
    most = int(functions) + int(expiry["ScalingConfig"]["MaximumConcurrency"]) + SCHEDULED
    name = templates.data["Database"]["Properties"]["DBInstanceClass"]
    (instance,) = (one for one in (prices.SMALLEST, *prices.INSTANCES) if one.name == name)
    pool = templates.data["ProxyTarget"]["Properties"]["ConnectionPoolConfigurationInfo"]
    if most > (allowed := instance.connections * pool["MaxConnectionsPercent"] // 100):
        yield f"{most} functions at once share {allowed} connections"


def keys_are_kept(templates: Templates) -> Iterator[str]:
    for name in of_type(templates.data, "AWS::SecretsManager::Secret"):
        secret = templates.data[name]
        if {secret.get("DeletionPolicy"), secret.get("UpdateReplacePolicy")} != {"Retain"}:
            yield f"{name} is lost with the stack"


def buckets_are_private_and_encrypted(templates: Templates) -> Iterator[str]:
    for name, bucket in of_type(templates.all, "AWS::S3::Bucket").items():
        block = bucket.get("PublicAccessBlockConfiguration", {})
        public = {"BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"}
        if {key for key, value in block.items() if value is True} != public:
            yield f"{name} can be made public"
        if "BucketEncryption" not in bucket:
            yield f"{name} is not encrypted"


RULES = (
    subnets_lie_apart_in_the_network,
    only_groups_may_connect,
    functions_reach_the_internet_only_where_asked_for,
    private_subnets_have_no_public_address,
    endpoints_are_those_of_the_services_that_the_code_calls,
    database_is_private_and_encrypted,
    database_can_be_restored,
    production_is_protected,
    parameters_are_for_the_engine_s_version,
    connections_are_encrypted,
    proxy_takes_tokens_and_no_passwords,
    proxy_and_database_have_two_zones,
    proxy_refuses_soon,
    connections_suffice_for_the_functions,
    keys_are_kept,
    buckets_are_private_and_encrypted,
)
