"""The parts of the local platform, started in order and stopped in reverse order."""

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from infra import node, packages, shop
from infra.local import deploy, front_door, given, postgres, signing_keys
from infra.local import localstack as localstacks
from infra.local.deploy import Deployment
from infra.local.front_door import FrontDoor
from infra.local.localstack import LocalStack
from infra.local.ports import is_taken
from infra.local.postgres import Postgres
from infra.local.processes import born
from infra.local.settings import Settings
from infra.local.warm_up import warm_up
from infra.paths import ROOT
from infra.problems import PlatformError
from infra.programs import in_parallel
from infra.terminal import Terminal


class Platform:
    """Postgres, LocalStack with the application, and the front door. A given database or LocalStack is not started."""

    def __init__(self, settings: Settings, terminal: Terminal) -> None:
        self.directory = settings.run_directory
        self.api_url = ""
        self.service: dict[str, str] = {}
        self._settings = settings
        self._terminal = terminal
        self._started = ExitStack()
        self._postgres = None if settings.database_url else Postgres(self.directory / "postgres")
        self._localstack = None if settings.aws_endpoint_url else LocalStack(self.directory / "localstack")
        self._front_door = FrontDoor(self.directory, settings.port)

    @property
    def shop_url(self) -> str:
        """The address of the shop; the API is below it at /api."""
        return self._front_door.url

    @property
    def database_url(self) -> str:
        """The address of the database for this machine."""
        return self._postgres.url if self._postgres else self._settings.database_url or ""

    @property
    def endpoint_url(self) -> str:
        """LocalStack's address."""
        return self._localstack.url if self._localstack else self._settings.aws_endpoint_url or ""

    @property
    def own_localstack(self) -> bool:
        """Whether LocalStack is started here, so that functions run on this machine."""
        return self._localstack is not None

    @property
    def function_logs(self) -> Path | None:
        """The directory of the functions' logs, if LocalStack was started here."""
        return self._localstack.function_logs if self._localstack else None

    def start(self) -> None:
        """Start everything, or raise PlatformError."""
        end_left_overs(self.directory)
        given.check(self._settings)
        if is_taken(self._settings.port):
            port = self._settings.port
            raise PlatformError(f"Port {port} is in use by another program; `PORT={port + 1} make run` takes another.")
        in_parallel(self._start_postgres, self._start_localstack, self._prepare_packages, self._prepare_shop)
        self._deploy()
        self._open_front_door()

    def stop(self) -> None:
        """Stop what was started, in reverse order."""
        self._started.close()

    def check(self) -> None:
        """Start the database again if it has ended. Raise PlatformError if another part has."""
        if not self._front_door.is_running():
            raise PlatformError(f"The shop's server has ended; the cause is in {self._front_door.log_file}.")
        if self._localstack and born(self._localstack.pid) is None:
            raise PlatformError(f"LocalStack has ended; the cause is in {self._localstack.log_file}.")
        if self._postgres and born(self._postgres.pid) is None:
            with self._terminal.step("PostgreSQL had ended and was started again"):
                self._postgres.start()

    def _start_postgres(self) -> None:
        if self._postgres:
            with self._terminal.step("PostgreSQL 18"):
                self._started.callback(self._postgres.stop)
                self._postgres.start()

    def _start_localstack(self) -> None:
        if self._localstack:
            localstacks.ensure_installed(self._detail)
            with self._terminal.step("LocalStack 4.14"):
                self._started.callback(self._localstack.stop)
                self._localstack.start()

    def _prepare_packages(self) -> None:
        with self._terminal.step("Packages for Lambda"):
            packages.ensure(ROOT / "requirements.txt", packages.HERE)

    def _prepare_shop(self) -> None:
        self._node = node.ensure(self._settings.system.get("PATH", ""), self._detail)
        with self._terminal.step("Shop"):
            shop.install(self._node, self._settings.system)
            shop.build(self._node, self._settings.system)

    def _deploy(self) -> None:
        database = self._settings.functions_database_url or self.database_url
        self.service = signing_keys.with_keys(self._settings)
        settings = replace(self._settings, service=self.service)
        with self._terminal.step("Queues, functions, API, migrations, sample products"):
            directory = self.directory / "deploy"
            target = Deployment(self.endpoint_url, database, settings, directory, on_this_machine=self.own_localstack)
            self.api_url = deploy.deploy(target)

    def _open_front_door(self) -> None:
        with self._terminal.step("Front door"):
            self._started.callback(self._front_door.stop)
            origins = self._settings.service.get("IMAGE_ORIGINS", "")
            self._front_door.start(self._node, self._settings.system, self.api_url, origins)
            warm_up(self.endpoint_url, self.shop_url)

    def _detail(self, line: str) -> None:
        self._terminal.say(self._terminal.colour("grey", f"    {line}"))


def end_left_overs(directory: Path) -> None:
    """End the processes that a killed run left behind."""
    front_door.end_left_over(directory)
    localstacks.stop(directory / "localstack")
    postgres.stop(directory / "postgres")
