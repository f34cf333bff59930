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
    """A deployment of a bundle to a stage."""

    operation: Operation
    bundle: Bundle

    @property
    def stage(self) -> Stage:
        """The stage that is deployed to."""
        return self.operation.stage

    @property
    def artifacts(self) -> Artifacts:
        """The code bucket of the stage, for code and templates."""
        return self.operation.artifacts

    def run(self) -> None:
        """Deploy. Raises PlatformError with what failed and which release serves now."""
        self._change("data")
        self._prepare()
        with self._old_code_on_failure():
            self._bring_service()
            self._change("shop")
        self._bring_files()

    def _change(self, part: str) -> None:
        """Make one stack what its template says."""
        template = self.bundle.template(part)
        # the data stack creates the bucket for templates, so its template is sent inline
        given = template.inline if part == "data" else self.artifacts.given(template)
        proposal = self.bundle.proposal(self.stage, part, given)
        if proposal:
            with self.operation.terminal.step(self.stage.stack(part).name):
                proposal.execute(self.operation.terminal)

    def _prepare(self) -> None:
        """Create the keys and upload the code, to which the service stack refers."""
        token_keys.ensure(self.stage.account, self.stage.data.outputs()["TokenKeys"])
        with self.operation.terminal.step("Code"):
            self.artifacts.add_package(self.bundle.package.zip, self.bundle.package.code_key)
            self.artifacts.add_template(self.bundle.template("service"))

    def _bring_service(self) -> None:
        """Migrate before the new code serves. At the first deployment, the stack creates the function that migrates."""
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
        """Raise SmokeTestError unless the new code reserves and cancels, without new dead letters."""
        outputs = self.stage.service.outputs()
        with self.operation.terminal.step("Smoke test"):
            url = self.stage.account.api_url(outputs["ApiDomain"])
            proven = smoke_test(url, origin_key(self.stage))
            if (new := self._dead_letters() - dead_letters_before) > 0:
                raise SmokeTestError(f"The smoke test failed: {new} messages became dead letters.")
        self.operation.say(f"    {proven}")

    def _bring_files(self) -> None:
        """Upload assets first and pages last; then invalidate the pages that CloudFront has cached."""
        outputs = self.stage.shop.outputs()
        account = self.stage.account
        with self.operation.terminal.step("Shop"):
            names = shop_files.upload(account.client("s3", FRONT_REGION), outputs["Bucket"], self.bundle.shop)
            shop_files.invalidate(account.client("cloudfront", FRONT_REGION), outputs["Distribution"], names)
            self.artifacts.add_release(self.bundle.release(self.stage), shop_files.pages(self.bundle.shop))

    @contextmanager
    def _old_code_on_failure(self) -> Iterator[None]:
        """Let the previous release serve again if the block fails."""
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
        """Move the aliases back at once, then the stack."""
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
