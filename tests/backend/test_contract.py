"""The running service keeps what its OpenAPI document promises, with a token and without."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_schema_conformance,
)

from artist_console.backend.openapi import openapi_document

from .world import MARA_ACCOUNT, Backend, Device, a_backend


@pytest.fixture(scope="module")
def backend(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    with a_backend(tmp_path_factory.mktemp("contract")) as running:
        yield running


@pytest.fixture(scope="module")
def mara(backend: Backend) -> Device:
    return backend.sign_in(MARA_ACCOUNT)


@pytest.fixture(scope="module")
def schema(backend: Backend) -> Any:
    found = schemathesis.openapi.from_dict(openapi_document())
    found.config.update(base_url=backend.running.base_url)
    return found


OPERATIONS = [
    (method, path)
    for path, item in openapi_document()["paths"].items()
    for method in item
    if method in ("get", "post", "put", "delete")
]
CHECKS = [not_a_server_error, content_type_conformance, response_schema_conformance]
SHORT = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
every_operation = pytest.mark.parametrize(("method", "path"), OPERATIONS)


@every_operation
@SHORT
@given(data=st.data())
def test_every_answer_is_one_that_the_document_names(
    schema: Any, mara: Device, method: str, path: str, data: st.DataObject
) -> None:
    case = data.draw(schema[path][method].as_strategy())
    answer = case.call(headers={"Authorization": f"Bearer {mara.token}"}, timeout=60)
    case.validate_response(answer, checks=CHECKS)


@every_operation
@SHORT
@given(data=st.data())
def test_nothing_is_open_without_a_token(schema: Any, method: str, path: str, data: st.DataObject) -> None:
    case = data.draw(schema[path][method].as_strategy())
    case.headers.pop("Authorization", None)
    answer = case.call(timeout=60)
    # A name in a path may hold what makes it another path, which is not there.
    assert answer.status_code in (401, 404, 405), answer.text
    assert "Traceback" not in answer.text


def test_the_document_names_every_kind_of_answer(mara: Device) -> None:
    document = openapi_document()
    assert document["openapi"].startswith("3.1")
    assert mara.get("openapi.json") == document
    for path, item in document["paths"].items():
        for operation in item.values():
            assert "default" in operation["responses"], path
            assert "security" not in operation  # what holds for all is told once


def test_the_document_needs_nothing_of_a_running_service(tmp_path: Path) -> None:
    assert openapi_document() == openapi_document()
