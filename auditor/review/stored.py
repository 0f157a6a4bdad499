"""JSON files that earlier runs or people hand back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from auditor.model.errors import ConfigError

FORMAT_VERSION = 1


def stored(path: Path, otherwise: str) -> dict[str, Any]:
    """The object in a file of our ``format_version``. Raises ConfigError, which says ``otherwise`` for another file."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(str(path), f"cannot be read: {error.strerror}") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ConfigError(str(path), f"not JSON: {error}") from None
    if not isinstance(content, dict) or content.get("format_version") != FORMAT_VERSION:
        raise ConfigError(str(path), f"{otherwise}, format_version {FORMAT_VERSION}")
    return content
