"""Reading our data files: YAML in which every scalar is text ("no", "on" and 12 are words here, and nothing else)."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

# The C loader is ten times quicker where PyYAML was built with libyaml; both read the same.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@cache
def load_yaml(path: Path) -> Any:
    """The content of a YAML file as mappings, lists and strings; read once, so whoever asks must not change it."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
