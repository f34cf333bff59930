"""Remove an earlier deployment from a LocalStack that kept running."""

from infra import emulated_aws


def tear_down(endpoint_url: str, app: str, api_name: str) -> None:
    """Remove the functions called `app` or `app-…`, their rules and event source mappings, and the API."""
    _remove_functions(endpoint_url, app)
    _remove_rules(endpoint_url, app)
    apis = emulated_aws.client("apigateway", endpoint_url)
    for api in apis.get_rest_apis(limit=500)["items"]:
        if api["name"] == api_name:
            apis.delete_rest_api(restApiId=api["id"])


def _remove_functions(endpoint_url: str, app: str) -> None:
    """Remove the event source mappings first: deleting a function leaves them behind."""
    client = emulated_aws.client("lambda", endpoint_url)
    for function in client.list_functions()["Functions"]:
        name = function["FunctionName"]
        if name != app and not name.startswith(f"{app}-"):
            continue
        for mapping in client.list_event_source_mappings(FunctionName=name)["EventSourceMappings"]:
            client.delete_event_source_mapping(UUID=mapping["UUID"])
        client.delete_function(FunctionName=name)


def remove_targets(endpoint_url: str, rule: str) -> None:
    """Remove a rule's targets. Disabling the rule is not enough: LocalStack fires disabled schedules too."""
    client = emulated_aws.client("events", endpoint_url)
    targets = client.list_targets_by_rule(Rule=rule)["Targets"]
    if targets:
        client.remove_targets(Rule=rule, Ids=[target["Id"] for target in targets])


def _remove_rules(endpoint_url: str, app: str) -> None:
    """Remove the targets first: a rule with targets can't be deleted."""
    client = emulated_aws.client("events", endpoint_url)
    for rule in client.list_rules(NamePrefix=f"{app}-")["Rules"]:
        remove_targets(endpoint_url, rule["Name"])
        client.delete_rule(Name=rule["Name"])
