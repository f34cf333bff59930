"""What the code asks of AWS, read from the code: for each function the IAM actions that it needs."""

import ast
from functools import cache
from pathlib import Path

import botocore.session
import grimp
from botocore import xform_name

from infra.paths import ROOT

CALLERS = ROOT / "chalicelib" / "aws"
CONSUMING = {"sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"}
"""What Lambda does with a queue in a function's name."""
API_HANDLER = "APIHandler"


def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


def _attribute_calls(tree: ast.AST) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]


def _name(call: ast.Call) -> str:
    assert isinstance(call.func, ast.Attribute)
    return call.func.attr


def _services(tree: ast.AST) -> set[str]:
    """The services that a client is made for."""
    return {
        argument.value
        for call in _attribute_calls(tree)
        if _name(call) in {"client", "create_client"}
        for argument in call.args[:1]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


@cache
def operations(service: str) -> dict[str, str]:
    """The operations of a service by the name of boto3's method."""
    model = botocore.session.get_session().get_service_model(service)
    return {xform_name(name): name for name in model.operation_names}


def _actions(file: Path) -> set[str]:
    """The IAM actions of the methods that a module calls on its clients."""
    tree = _tree(file)
    called = {_name(call) for call in _attribute_calls(tree)}
    return {
        f"{service}:{name}"
        for service in _services(tree)
        for method, name in operations(service).items()
        if method in called
    }


BY_MODULE = {f"chalicelib.aws.{file.stem}": _actions(file) for file in sorted(CALLERS.glob("*.py"))}
SERVICES = {service for file in CALLERS.glob("*.py") for service in _services(_tree(file))}


CONNECTING = "chalicelib.aws.database_password"
"""Everybody reaches it; what it does depends on DATABASE_AUTH, and so do the policies."""


@cache
def _reached(module: str) -> frozenset[str]:
    """The module, and all that it imports, and they."""
    graph = grimp.build_graph("chalicelib")
    graph.remove_module(CONNECTING)
    return frozenset({module} | graph.find_upstream_modules(module))


def _imports(tree: ast.Module) -> dict[str, str]:
    """The module of each name that app.py imports from chalicelib."""
    found = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("chalicelib"):
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                is_module = (ROOT / inner.replace(".", "/")).with_suffix(".py").exists()
                found[alias.asname or alias.name] = inner if is_module else str(node.module)
    return found


@cache
def handlers() -> dict[str, set[str]]:
    """The modules that each handler of app.py may run, by the function's name in the template."""
    tree = _tree(ROOT / "app.py")
    imports = _imports(tree)
    found = {API_HANDLER: {module for name, module in imports.items() if module.startswith("chalicelib.api")}}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
            found[node.name.capitalize()] = {imports[name] for name in names & imports.keys()}
    return found


def needed_actions(function: str) -> set[str]:
    """The IAM actions of everything in AWS that a function may call, but for the database."""
    modules = {reached for module in handlers()[function] for reached in _reached(module)}
    return {action for module in modules & BY_MODULE.keys() for action in BY_MODULE[module]}
