"""The arguments of the commands of a stage."""

import argparse

from infra.operate.arguments import add_report, add_watch

_EXAMPLES = """\
examples:
  python -m infra.aws deploy --stage dev
  python -m infra.aws scale --stage prod --class db.r8g.2xlarge
  python -m infra.aws warm --stage prod --environments 200
"""
COMMANDS = {
    "deploy": "deploy this checkout to the stage",
    "status": "show what is deployed, and its state",
    "logs": "follow the logs of the functions",
    "rollback": "go back to the previous release",
    "destroy": "delete the stage",
    "watch": "show the sale live",
    "report": "report on a sale, as JSON and as a page with plots",
    "admin-token": "print a token for the admin routes, valid for an hour",
    "scale": "change the class of the database instance",
    "warm": "keep environments of the API ready; 0 for none",
}


def parser() -> argparse.ArgumentParser:
    """A parser whose result has the command's name in `command`."""
    whole = argparse.ArgumentParser(
        prog="python -m infra.aws",
        description="Deploy and operate a stage on AWS, with the credentials and the region of the environment.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = whole.add_subparsers(dest="command", required=True, metavar="command")
    for name, meaning in COMMANDS.items():
        command = commands.add_parser(name, help=meaning, description=meaning)
        command.add_argument("--stage", default="", help="dev or prod")
        command.add_argument("--yes", default="", metavar="1", help="1 answers every question with yes, for CI")
        if name == "watch":
            add_watch(command)
        if name == "report":
            add_report(command)
        if name == "scale":
            command.add_argument("--class", dest="instance_class", default="", help="such as db.r8g.2xlarge")
        if name == "warm":
            command.add_argument("--environments", default="", help="how many, at most the API's concurrency")
            command.add_argument("--from", dest="since", default="", help="in UTC: 2030-12-01T09:50:00 (default: now)")
            command.add_argument("--until", default="", help="in UTC: 2030-12-01T11:00:00 (default: no end)")
    commands.add_parser("rehearse-deploy", help="deploy to a LocalStack on this machine, and test it")
    return whole
