"""Prints the route table."""

import json

from django.core.management.base import BaseCommand

from boardroom.routes import named_paths, route_of


def rows() -> list[dict]:
    """`[{"name", "path", "methods", "audience", "act", "object"}]`, in the resolver's order (reliability.md 6.1)."""
    return [
        {
            "name": name,
            "path": path,
            "methods": sorted(route.allowed_methods),
            "audience": route.audience,
            "act": route.act,
            "object": route.object,
        }
        for name, path in named_paths()
        if (route := route_of(name))
    ]


class Command(BaseCommand):
    help = "Print every address with its audience, act and object kind."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--json", action="store_true", help="as a JSON list")

    def handle(self, *args, **options) -> None:
        if options["json"]:
            self.stdout.write(json.dumps(rows(), ensure_ascii=False, indent=1))
            return
        for row in rows():
            methods = ",".join(row["methods"])
            self.stdout.write(f"{row['audience']:<10} {methods:<14} {row['act'] or '-':<24} {row['path']}")
