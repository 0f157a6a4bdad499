"""The committed context under `expectations/gx/`, written from contracts without Great Expectations itself.

Its own writers give every object a fresh id each time. Here an id is a digest of what the object is called, so that
the same contracts give the same bytes, and a changed contract changes only its own lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import yaml

from auditor import atomic
from auditor.gate.contract import Contract
from auditor.gate.gx.suites import suite

SPACE = UUID("6a3e1c1e-6a52-4d4d-9d51-0d2f6a7f3c11")  # ours; any constant would do
SOURCE, BATCH, ACTION = "gate", "whole", "data-docs"
VARIABLES = {"audit_validations": "../../reports/gx_validations", "audit_data_docs": "../../reports/data_docs"}


def files(contracts: Iterable[Contract]) -> dict[str, bytes]:
    """Every file of the context by its path in it."""
    chosen = sorted(contracts, key=lambda contract: contract.name)
    found = {
        "great_expectations.yml": _yaml(_settings(chosen)),
        "config_variables.yml": _yaml(VARIABLES),
    }
    for contract in chosen:
        found[f"expectations/{contract.name}.json"] = _json(_suite(contract))
        found[f"validation_definitions/{contract.name}.json"] = _json(_validation(contract))
        found[f"checkpoints/{contract.name}.json"] = _json(_checkpoint(contract))
    return found


def write(contracts: Iterable[Contract], folder: Path) -> list[str]:
    """Write the context; files that are as they should be are left alone. The names of those that changed."""
    wanted = files(contracts)
    stale = [path for path in _present(folder) if path not in wanted]
    for path in stale:
        (folder / path).unlink()
    changed = [path for path, content in wanted.items() if not _same(folder / path, content)]
    for path in changed:
        atomic.write(folder / path, wanted[path])
    return sorted([*stale, *changed])


def _present(folder: Path) -> Iterator[str]:
    for kind in ("expectations", "validation_definitions", "checkpoints"):
        yield from (file.relative_to(folder).as_posix() for file in sorted((folder / kind).glob("*.json")))


def _same(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content


def _id(*names: str) -> str:
    return str(uuid5(SPACE, "/".join(names)))


def _settings(contracts: Sequence[Contract]) -> dict[str, Any]:
    return {
        "config_version": 4.0,
        "analytics_enabled": False,
        "data_context_id": _id("context"),
        "config_variables_file_path": "config_variables.yml",
        "plugins_directory": None,
        "progress_bars": {"globally": False},
        "stores": {
            "expectations_store": _store("ExpectationsStore", "expectations/"),
            "validation_results_store": _store("ValidationResultsStore", "${audit_validations}"),
            "checkpoint_store": _store("CheckpointStore", "checkpoints/"),
            "validation_definition_store": _store("ValidationDefinitionStore", "validation_definitions/"),
        },
        "expectations_store_name": "expectations_store",
        "validation_results_store_name": "validation_results_store",
        "checkpoint_store_name": "checkpoint_store",
        "data_docs_sites": {"site": _site()},
        "fluent_datasources": {SOURCE: _source(contracts)},
    }


def _store(name: str, folder: str) -> dict[str, Any]:
    return {"class_name": name, "store_backend": _backend(folder)}


def _backend(folder: str) -> dict[str, Any]:
    # Without the last key every run would leave a file of its own in the committed folder.
    return {"class_name": "TupleFilesystemStoreBackend", "base_directory": folder, "suppress_store_backend_id": True}


def _site() -> dict[str, Any]:
    return {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": "${audit_data_docs}"},
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
    }


def _source(contracts: Sequence[Contract]) -> dict[str, Any]:
    assets = {contract.name: _asset(contract) for contract in contracts}
    return {"type": "pandas", "id": _id(SOURCE), "assets": assets}


def _asset(contract: Contract) -> dict[str, Any]:
    batch = {"id": _id(SOURCE, contract.name, BATCH), "partitioner": None}
    return {
        "type": "dataframe",
        "id": _id(SOURCE, contract.name),
        "batch_metadata": {},
        "batch_definitions": {BATCH: batch},
    }


def _suite(contract: Contract) -> dict[str, Any]:
    expectations = suite(contract)
    for number, one in enumerate(expectations):
        one["id"] = _id("suite", contract.name, str(number), one["type"])
    return {
        "expectations": expectations,
        "id": _id("suite", contract.name),
        "meta": {"contract": contract.name},
        "name": contract.name,
        "notes": contract.title.get("en"),
    }


def _validation(contract: Contract) -> dict[str, Any]:
    data = {
        "asset": {"id": _id(SOURCE, contract.name), "name": contract.name},
        "batch_definition": {"id": _id(SOURCE, contract.name, BATCH), "name": BATCH},
        "datasource": {"id": _id(SOURCE), "name": SOURCE},
    }
    suite_name = {"id": _id("suite", contract.name), "name": contract.name}
    return {"data": data, "id": _id("validation", contract.name), "name": contract.name, "suite": suite_name}


def _checkpoint(contract: Contract) -> dict[str, Any]:
    return {
        "actions": [{"name": ACTION, "site_names": [], "type": "update_data_docs"}],
        "id": _id("checkpoint", contract.name),
        "name": contract.name,
        "result_format": {"result_format": "COMPLETE", "unexpected_index_column_names": ["_row", *contract.key]},
        "validation_definitions": [{"id": _id("validation", contract.name), "name": contract.name}],
    }


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _yaml(value: object) -> bytes:
    return yaml.safe_dump(value, allow_unicode=True, sort_keys=False).encode()
