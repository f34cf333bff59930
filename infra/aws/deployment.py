"""The steps of a deployment, in their order.

    data → keys → code uploaded → migrations by the new code → service → smoke test → shop → files → record

Whatever fails before the files leaves the old code serving and the shop's files as they were.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from botocore.exceptions import BotoCoreError, ClientError

from infra.aws import functions, shop_files, token_keys
from infra.aws.account import FRONT_REGION, sentence
from infra.aws.artifacts import Artifacts, Release
from infra.aws.bundle import Bundle, origin_key
from infra.aws.functions import MigrateFunction
from infra.aws.operation import Operation
from infra.aws.releases import return_to
from infra.aws.smoke import DeadLetters, SmokeTestError, smoke_test
from infra.aws.stage import Stage
from infra.problems import PlatformError

WITH_SAMPLE_PRODUCTS = {"dev"}
"""Stages that are there to be tried; the products of others are the operators'."""


@dataclass(frozen=True, slots=True)
class Deployment:
    """A bundle on its way to a stage."""

    operation: Operation
    bundle: Bundle

    @property
    def stage(self) -> Stage:
        """Where to."""
        return self.operation.stage

    @property
    def artifacts(self) -> Artifacts:
        """Where code and templates go."""
        return self.operation.artifacts

    def run(self) -> None:
        """Do everything; raises PlatformError with what failed and what serves now."""
        self._change("data")
        self._prepare()
        with self._old_code_on_failure():
            self._bring_service()
            self._change("shop")
        self._bring_files()

    def _change(self, part: str) -> None:
        """Bring one stack to what its template says."""
        template = self.bundle.template(part)
        # the data stack creates the bucket for templates, so its template is sent inline
        given = template.inline if part == "data" else self.artifacts.given(template)
        proposal = self.bundle.proposal(self.stage, part, given)
        if proposal:
            with self.operation.terminal.step(self.stage.stack(part).name):
                proposal.execute(self.operation.terminal)

    def _prepare(self) -> None:
        """Put in place what the service stack refers to."""
        token_keys.ensure(self.stage.account, self.stage.data.outputs()["TokenKeys"])
        with self.operation.terminal.step("Code"):
            self.artifacts.add_package(self.bundle.package.zip, self.bundle.package.code_key)
            self.artifacts.add_template(self.bundle.template("service"))

    def _bring_service(self) -> None:
        """Migrations go before the code that needs them; only a first deployment has no function to run them with."""
        is_first = not self.stage.service.exists
        dead_letters = 0 if is_first else self._dead_letters()
        if not is_first:
            self._migrate()
        self._change("service")
        if is_first:
            self._migrate()
        self._test(dead_letters)

    def _migrate(self) -> None:
        function = self._migrate_function
        with self.operation.terminal.step("Migrations"):
            function.use(self.artifacts.bucket, self.bundle.package.code_key)
            applied = function.run(sample_data=self.stage.name in WITH_SAMPLE_PRODUCTS)
        for name in applied:
            self.operation.say(f"    applied {name}")

    def _test(self, dead_letters_before: int) -> None:
        """Raise SmokeTestError unless the new code reserves and cancels, and gave up no message."""
        outputs = self.stage.service.outputs()
        with self.operation.terminal.step("Smoke test"):
            url = self.stage.account.api_url(outputs["ApiDomain"])
            proven = smoke_test(url, origin_key(self.stage))
            if (count := self._dead_letters()) > dead_letters_before:
                raise SmokeTestError(f"The smoke test failed: {count - dead_letters_before} messages were given up.")
        self.operation.say(f"    {proven}")

    def _bring_files(self) -> None:
        """Assets first and the pages last; then CloudFront forgets what it kept of the pages."""
        outputs = self.stage.shop.outputs()
        account = self.stage.account
        with self.operation.terminal.step("Shop"):
            names = shop_files.upload(account.client("s3", FRONT_REGION), outputs["Bucket"], self.bundle.shop)
            shop_files.invalidate(account.client("cloudfront", FRONT_REGION), outputs["Distribution"], names)
            self.artifacts.add_release(self.bundle.release(self.stage), shop_files.pages(self.bundle.shop))

    @contextmanager
    def _old_code_on_failure(self) -> Iterator[None]:
        """Whatever fails inside, the release before serves again."""
        before = self.artifacts.current() if self.stage.service.exists else None
        versions = functions.live_versions(self.stage.service) if before else {}
        try:
            yield
        except (PlatformError, BotoCoreError, ClientError) as error:
            said = sentence(error)
            if before is None:
                raise PlatformError(f"{said} No shopper could see it yet: correct it and deploy again.") from error
            self._restore(before, versions, said)
            raise PlatformError(f"{said} The release of {before.at} serves; no file was uploaded.") from error

    def _restore(self, before: Release, versions: dict[str, str], said: str) -> None:
        """The old versions serve at once; then the stack follows."""
        try:
            functions.serve(self.stage.service, versions)
            self._migrate_function.use(self.artifacts.bucket, before.code_key)
            return_to(self.stage, self.artifacts, before, self.operation.terminal)
        except (PlatformError, BotoCoreError, ClientError) as error:
            second = sentence(error)
            raise PlatformError(f"{said} Going back failed too: {second} `make status` shows what serves.") from error

    @property
    def _migrate_function(self) -> MigrateFunction:
        return MigrateFunction(self.stage.account, self.stage.service.outputs()["MigrateFunction"])

    def _dead_letters(self) -> int:
        return DeadLetters(self.stage.account, self.stage.service.outputs()["DeadLettersUrl"]).count()
