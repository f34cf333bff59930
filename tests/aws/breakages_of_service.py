"""Ways to break the service stack."""

from tests.aws import rules_of_api as api
from tests.aws import rules_of_metrics as metrics
from tests.aws import rules_of_policies as policies
from tests.aws import rules_of_service as service
from tests.aws import rules_of_shop as shop
from tests.aws.breakage import GONE, Breakage

MAPPING = "ExpireExpireSqsEventSource Properties"
SENDING = "ApiHandlerRole Properties Policies 0 PolicyDocument Statement 1"
PRODUCTS = "RestAPI Properties Body paths /products get"
VARIABLES = "APIHandler Properties Environment Variables"
OF_SERVICE = (
    Breakage(
        "images of another origin",
        f"{VARIABLES} IMAGE_ORIGINS",
        "https://other.test",
        shop.images_are_accepted_from_where_browsers_load_them,
    ),
    Breakage(
        "visibility below timeout",
        "ExpiryQueue Properties VisibilityTimeout",
        5,
        service.messages_stay_hidden_while_they_are_worked_on,
    ),
    Breakage(
        "visibility = timeout (not 6x)",
        "ExpiryQueue Properties VisibilityTimeout",
        10,
        service.messages_stay_hidden_while_they_are_worked_on,
    ),
    Breakage("no dead-letter queue", "ExpiryQueue Properties RedrivePolicy", GONE, service.failed_messages_are_kept),
    Breakage(
        "no partial batch",
        f"{MAPPING} FunctionResponseTypes",
        GONE,
        service.one_failed_message_does_not_repeat_the_others,
    ),
    Breakage(
        "runtime python3.7",
        "Sweep Properties Runtime",
        "python3.7",
        service.functions_run_on_graviton_with_the_python_they_were_packed_for,
    ),
    Breakage("timeout 901", "Expire Properties Timeout", 901, service.functions_end_in_time),
    Breakage(
        "IAM action misspelt",
        f"{SENDING} Action",
        "sqs:SendMesage",
        policies.functions_may_do_what_their_code_does_and_nothing_else,
    ),
    Breakage("IAM resource *", f"{SENDING} Resource", "*", policies.everything_is_allowed_only_where_aws_demands_it),
    Breakage(
        "alarm metric misspelt",
        "QueueAgeAlarm Properties MetricName",
        "ApproximateAgeOfOldestMesage",
        metrics.alarms_watch_metrics_that_exist,
    ),
    Breakage("alarm without action", "StorageAlarm Properties AlarmActions", GONE, metrics.alarms_tell_somebody),
    Breakage(
        "dashboard not json",
        "Dashboard Properties DashboardBody",
        {"Fn::Sub": '{"widgets": [}'},
        metrics.dashboard_is_json,
    ),
    Breakage(
        "integration type",
        f"{PRODUCTS} x-amazon-apigateway-integration type",
        "aws",
        api.requests_reach_the_live_function,
    ),
    Breakage("edge endpoint", "RestAPI Properties EndpointConfiguration Types", ["EDGE"], api.api_is_of_the_region),
    # beyond the forty
    Breakage(
        "x86",
        "Sweep Properties Architectures",
        ["x86_64"],
        service.functions_run_on_graviton_with_the_python_they_were_packed_for,
    ),
    Breakage("a third of a core", "APIHandler Properties MemorySize", 512, service.api_has_a_whole_core),
    Breakage("alias of another name", "SweepAliaslive Properties Name", "dead", service.functions_serve_by_alias),
    Breakage(
        "log group of nobody",
        "ApiHandlerLogGroup Properties LogGroupName",
        {"Fn::Sub": "/aws/lambda/${ApiHandler}"},
        service.functions_have_logs_that_end,
    ),
    Breakage(
        "logs kept for ever", "SweepLogGroup Properties RetentionInDays", GONE, service.functions_have_logs_that_end
    ),
    Breakage("setting out of range", f"{VARIABLES} HOLD_SECONDS", "0", service.functions_are_configured),
    Breakage("prepared statements", f"{VARIABLES} PREPARE_THRESHOLD", "2", service.functions_are_configured),
    Breakage(
        "database unverified",
        f"{VARIABLES} DATABASE_URL",
        "postgresql://flash_sale_app@db/flash_sale?sslmode=require",
        service.connections_are_verified,
    ),
    Breakage(
        "API as owner",
        f"{VARIABLES} DATABASE_URL",
        "postgresql://flash_sale_owner@db/flash_sale",
        service.owner_connects_for_migrations_only,
    ),
    Breakage(
        "dead letters for an hour",
        "DeadLetters Properties MessageRetentionPeriod",
        3600,
        service.failed_messages_are_kept,
    ),
    Breakage(
        "expiry without limit", f"{MAPPING} ScalingConfig", GONE, service.one_failed_message_does_not_repeat_the_others
    ),
    Breakage(
        "sweep tried again",
        "SweepEventInvokeConfig Properties MaximumRetryAttempts",
        2,
        service.schedule_does_not_repeat_itself,
    ),
    Breakage(
        "publishing to no bus",
        "PublishPublishEvent Properties State",
        "ENABLED",
        service.events_are_sent_where_they_were_asked_for,
    ),
    Breakage("unasked warmth", "ApiWarmth Condition", GONE, service.environments_are_warm_for_the_sale),
    Breakage(
        "publisher sends messages",
        "PublishRole Properties Policies 0 PolicyDocument Statement 0 Action",
        ["rds-db:connect", "sqs:SendMessage"],
        policies.functions_may_do_what_their_code_does_and_nothing_else,
    ),
    Breakage(
        "another queue",
        f"{SENDING} Resource",
        {"Fn::GetAtt": ["DeadLetters", "Arn"]},
        policies.actions_are_for_the_service_s_resources_only,
    ),
    Breakage(
        "another secret",
        "MigrateRole Properties Policies 0 PolicyDocument Statement 0 Resource",
        {"Ref": "TokenKeys"},
        policies.secrets_are_read_by_those_who_need_them,
    ),
    Breakage(
        "no such action",
        "RunningPolicy Properties PolicyDocument Statement 0 Action 1",
        "logs:PutLogEvent",
        policies.actions_of_running_exist,
    ),
    Breakage("no log", "SweepRole Properties ManagedPolicyArns", GONE, policies.functions_run_with_the_common_policy),
    Breakage(
        "another stage's alarm",
        "ServerErrorsAlarm Properties Dimensions 0 Value",
        "flash-sale",
        metrics.alarms_watch_this_stage,
    ),
    Breakage(
        "alarm without a section",
        "StorageAlarm Properties AlarmDescription",
        "Oh.",
        metrics.alarms_say_where_to_read_on,
    ),
    Breakage("audit outrun", "ExpiryLatenessAlarm Properties Period", 60, metrics.alarms_of_the_audit_wait_for_it),
    Breakage(
        "five units unnoticed",
        "DriftAlarm Properties Threshold",
        5,
        metrics.one_unit_out_of_place_raises_the_alarm,
    ),
    Breakage("audit off", "AuditAuditEvent Properties State", "DISABLED", service.jobs_run_by_the_clock),
    Breakage(
        "audit once a day",
        "AuditAuditEvent Properties ScheduleExpression",
        "rate(1 day)",
        service.jobs_run_by_the_clock,
    ),
    Breakage(
        "messages dead before the lock ends",
        "ExpiryQueue Properties VisibilityTimeout",
        15,
        service.messages_outlive_the_lock_of_a_product,
    ),
    Breakage(
        "audit missed",
        "DriftAlarm Properties TreatMissingData",
        "notBreaching",
        metrics.audit_that_does_not_run_is_noticed,
    ),
    Breakage(
        "delay mistaken for lateness",
        "QueueAgeAlarm Properties Threshold",
        60,
        metrics.queue_s_age_allows_for_the_longest_delay,
    ),
    Breakage(
        "metric of nobody shown",
        "Dashboard Properties DashboardBody",
        {"Fn::Sub": '{"widgets": [{"properties": {"metrics": [["FlashSale", "Drft", "service", "x"]]}}]}'},
        metrics.dashboard_shows_metrics_that_exist,
    ),
    Breakage(
        "integration without alias",
        f"{PRODUCTS} x-amazon-apigateway-integration uri",
        {"Fn::Sub": api.LIVE.replace(":live", "")},
        api.requests_reach_the_live_function,
    ),
    Breakage(
        "alias not callable",
        "APIHandlerInvokePermission Properties FunctionName",
        {"Ref": "APIHandler"},
        api.live_function_may_be_called_by_the_api,
    ),
    Breakage("no key needed", f"{PRODUCTS} security", GONE, api.only_cloudfront_has_the_key),
    Breakage("name without stage", "RestAPI Properties Body info title", "flash-sale", api.api_has_the_stage_s_name),
    Breakage("no throttling", "RestAPIapiStage Properties MethodSettings", GONE, api.api_throttles_every_method),
    Breakage(
        "gateway's own words",
        "RestAPI Properties Body x-amazon-apigateway-gateway-responses",
        GONE,
        api.gateway_refuses_in_the_service_s_words,
    ),
)
