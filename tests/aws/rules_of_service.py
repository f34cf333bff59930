"""What must be true of functions, queue and API. A rule yields what is wrong."""

from collections.abc import Iterator
from typing import Any

from chalicelib import config
from chalicelib.errors import ConfigurationError
from infra.paths import ROOT
from tests.aws.templates import Templates, of_type

API, ALIAS = "APIHandler", "live"
VISIBILITY_TIMES = 6
LOCKED_SECONDS = 60  # for so long R23 lets a product be locked
PUBLISHING = "PublishAliaslive"  # off unless events are asked for
RATES = {"Audit": "rate(5 minutes)", "Publish": "rate(1 minute)", "Sweep": "rate(1 minute)"}
WHOLE_CORE = 1769
TASK = "/var/task/"
SECRET = f"arn:aws:secretsmanager:us-east-1:{'1' * 12}:secret:any"
ONCE = {"Sweep", "Publish", "Audit"}


def functions(templates: Templates) -> dict[str, dict[str, Any]]:
    """The functions by name."""
    return of_type(templates.service, "AWS::Lambda::Function")


def functions_run_on_graviton_with_the_python_they_were_packed_for(templates: Templates) -> Iterator[str]:
    for name, one in functions(templates).items():
        if (one["Runtime"], one["Architectures"]) != ("python3.13", ["arm64"]):
            yield f"{name} runs {one['Runtime']} on {one['Architectures']}"
        if one.get("TracingConfig", {}).get("Mode") != "Active":
            yield f"{name} is not traced"


def functions_end_in_time(templates: Templates) -> Iterator[str]:
    limits = {API: 15, "Expire": 10, "Sweep": 60, "Publish": 60, "Audit": 60, "Migrate": 300}
    found = {name: one["Timeout"] for name, one in functions(templates).items()}
    if found != limits:
        yield f"the functions' timeouts are {found}"


def api_has_a_whole_core(templates: Templates) -> Iterator[str]:
    if functions(templates)[API]["MemorySize"] < WHOLE_CORE:
        yield "the API has less than a core"


def functions_serve_by_alias(templates: Templates) -> Iterator[str]:
    aliases = of_type(templates.service, "AWS::Lambda::Alias").values()
    if {(one["FunctionName"]["Ref"], one["Name"]) for one in aliases} != {
        (name, ALIAS) for name in functions(templates)
    }:
        yield "not every function has its alias"


def functions_have_logs_that_end(templates: Templates) -> Iterator[str]:
    groups = of_type(templates.service, "AWS::Logs::LogGroup").values()
    found = {one["LogGroupName"] for one in groups if one.get("RetentionInDays")}
    wanted = {f"/aws/lambda/${{{name}}}" for name in functions(templates)}
    if found != wanted:
        yield f"log groups are missing or are nobody's: {found ^ wanted}"


def functions_are_configured(templates: Templates) -> Iterator[str]:
    for name, one in functions(templates).items():
        given = {"AWS_REGION": "us-east-1", **one["Environment"]["Variables"]}  # the region is Lambda's own
        variables = {key: _as_deployed(value) for key, value in given.items()}
        try:
            settings = config.parse(variables)
        except ConfigurationError as error:
            yield f"{name}: {error}"
            continue
        if (settings.prepare_threshold, settings.trusted_proxies, settings.allow_anonymous) != (None, 1, False):
            yield f"{name} is configured as if it stood elsewhere"


def _as_deployed(value: Any) -> str:  # noqa: ANN401
    """A value that is known only then is given one of its kind."""
    if isinstance(value, dict):
        return "https://known.later"
    return SECRET if value in {"<TokenKeys>", "<OwnerSecret>"} else str(value)


def connections_are_verified(templates: Templates) -> Iterator[str]:
    for name, one in functions(templates).items():
        url = one["Environment"]["Variables"]["DATABASE_URL"]
        options = dict(option.split("=") for option in url.partition("?")[2].split("&"))
        roots = options.get("sslrootcert", "").removeprefix(TASK)
        if options.get("sslmode") != "verify-full" or not (ROOT / roots).is_file():
            yield f"{name} does not verify whom it connects to: {url}"


def owner_connects_for_migrations_only(templates: Templates) -> Iterator[str]:
    for name, one in functions(templates).items():
        user = one["Environment"]["Variables"]["DATABASE_URL"].removeprefix("postgresql://").partition("@")[0]
        if user != ("flash_sale_owner" if name == "Migrate" else "flash_sale_app"):
            yield f"{name} connects as {user}"


def messages_stay_hidden_while_they_are_worked_on(templates: Templates) -> Iterator[str]:
    for queue, function in _consumed(templates):
        if queue.get("VisibilityTimeout", 30) < VISIBILITY_TIMES * function["Timeout"]:
            yield f"a message comes again after {queue.get('VisibilityTimeout')} s"


def failed_messages_are_kept(templates: Templates) -> Iterator[str]:
    for queue, _ in _consumed(templates):
        redrive = queue.get("RedrivePolicy", {})
        name = redrive.get("deadLetterTargetArn", {}).get("Fn::GetAtt", ["nowhere"])[0]
        kept = templates.service.get(name, {}).get("Properties", {}).get("MessageRetentionPeriod", 0)
        if redrive.get("maxReceiveCount") != 5 or kept <= queue["MessageRetentionPeriod"]:
            yield "failed messages are lost"


def messages_outlive_the_lock_of_a_product(templates: Templates) -> Iterator[str]:
    for queue, _ in _consumed(templates):
        seconds = queue.get("VisibilityTimeout", 30) * (queue.get("RedrivePolicy", {}).get("maxReceiveCount", 1) - 1)
        if seconds <= LOCKED_SECONDS:
            yield f"messages of a locked product are dead letters after {seconds} s"


def jobs_run_by_the_clock(templates: Templates) -> Iterator[str]:
    rules = of_type(templates.service, "AWS::Events::Rule").values()
    found = {
        target["Arn"]["Ref"].removesuffix("Aliaslive"): rule["ScheduleExpression"]
        for rule in rules
        for target in rule["Targets"]
        if rule.get("State") != "DISABLED" or target["Arn"]["Ref"] == PUBLISHING
    }
    if found != RATES:
        yield f"the schedule is {found}"


def one_failed_message_does_not_repeat_the_others(templates: Templates) -> Iterator[str]:
    for mapping in of_type(templates.service, "AWS::Lambda::EventSourceMapping").values():
        if mapping.get("FunctionResponseTypes") != ["ReportBatchItemFailures"]:
            yield "a batch fails as a whole"
        if "MaximumConcurrency" not in mapping.get("ScalingConfig", {}):
            yield "expiry takes every connection of the database"


def _consumed(templates: Templates) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The queues that functions consume, and those functions."""
    for mapping in of_type(templates.service, "AWS::Lambda::EventSourceMapping").values():
        queue = templates.service[mapping["EventSourceArn"]["Fn::GetAtt"][0]]["Properties"]
        yield queue, functions(templates)[mapping["FunctionName"]["Ref"].removesuffix("Aliaslive")]


def schedule_does_not_repeat_itself(templates: Templates) -> Iterator[str]:
    configs = of_type(templates.service, "AWS::Lambda::EventInvokeConfig").values()
    once = {one["FunctionName"]["Ref"] for one in configs if one.get("MaximumRetryAttempts") == 0}
    if once != ONCE:
        yield f"of {ONCE}, Lambda tries {ONCE - once} again"


def events_are_sent_where_they_were_asked_for(templates: Templates) -> Iterator[str]:
    asked = templates.values["Events"] == "true"
    state = templates.service["PublishPublishEvent"]["Properties"]["State"]
    name = functions(templates)["Publish"]["Environment"]["Variables"]["EVENT_BUS_NAME"]
    buses = [one["Name"] for one in of_type(templates.service, "AWS::Events::EventBus").values()]
    expected = ("ENABLED", [name]) if asked else ("DISABLED", [])
    if (state, buses) != expected or (name == "off") == asked:
        yield f"publishing is {state} to {name}, the buses are {buses}"


def environments_are_warm_for_the_sale(templates: Templates) -> Iterator[str]:
    wanted = templates.values.get("WarmEnvironments", "0")
    targets = of_type(templates.service, "AWS::ApplicationAutoScaling::ScalableTarget").values()
    if bool(targets) != (wanted != "0"):
        yield "warm environments are kept without being asked for, or the reverse"
    for target in targets:
        if target["ResourceId"] != f"function:${{{API}}}:{ALIAS}":
            yield "the environments are kept for another version than the one that serves"
        actions = [one["ScalableTargetAction"] for one in target.get("ScheduledActions", [])]
        if [(one["MinCapacity"], one["MaxCapacity"]) for one in actions] != [(wanted, wanted), (0, 0)]:
            yield "the schedule does not raise them and lower them again"


RULES = (
    functions_run_on_graviton_with_the_python_they_were_packed_for,
    functions_end_in_time,
    api_has_a_whole_core,
    functions_serve_by_alias,
    functions_have_logs_that_end,
    functions_are_configured,
    connections_are_verified,
    owner_connects_for_migrations_only,
    messages_stay_hidden_while_they_are_worked_on,
    failed_messages_are_kept,
    messages_outlive_the_lock_of_a_product,
    jobs_run_by_the_clock,
    one_failed_message_does_not_repeat_the_others,
    schedule_does_not_repeat_itself,
    events_are_sent_where_they_were_asked_for,
    environments_are_warm_for_the_sale,
)
