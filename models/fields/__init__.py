"""The fields: one module each, holding that field's shape as a `Fact`. A new module here is a new field."""

import importlib
import pkgutil
from functools import cache

from dateline.models.facts import Fact


@cache
def fields() -> dict[str, type[Fact]]:
    """Every field's name and shape, by name. The name is the module's, the record's key and the table's."""
    found: dict[str, type[Fact]] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        shape = importlib.import_module(f"{__name__}.{module.name}").SHAPE
        found[module.name] = shape
    return found
