"""Names that clients have already: the tables hold what the runtime and the generated code have."""

from __future__ import annotations

import inspect

import cloudflare_realtimekit
import pytest
from cloudflare_realtimekit._core.resource import APIResource, AsyncAPIResource
from cloudflare_realtimekit.resources.realtime_kit.meetings import AsyncMeetings, Meetings

from clientsmith.data.reserved import CLIENT_OPTIONS, METHOD_OPTIONS, PUBLIC, RESOURCE_MEMBERS

CLIENTS = (cloudflare_realtimekit.Cloudflare, cloudflare_realtimekit.AsyncCloudflare)


@pytest.mark.parametrize("client", CLIENTS)
def test_the_options_of_a_constructor_are_those_of_the_table(client: type) -> None:
    constructor, copy = (inspect.signature(getattr(client, name)).parameters for name in ("__init__", "with_options"))
    assert {*constructor, *copy} - {"self", "api_token", "api_email", "api_key"} == set(CLIENT_OPTIONS)


@pytest.mark.parametrize("resource", [Meetings, AsyncMeetings])
def test_every_method_ends_with_the_options_of_the_table(resource: type) -> None:
    assert tuple(inspect.signature(resource.create).parameters)[-len(METHOD_OPTIONS) :] == METHOD_OPTIONS


@pytest.mark.parametrize(("resource", "base"), [(Meetings, APIResource), (AsyncMeetings, AsyncAPIResource)])
def test_the_members_of_a_resource_are_its_methods_and_those_of_the_table(resource: type, base: type) -> None:
    members = {name for name in vars(resource) if not name.startswith("_")}
    properties = {name for name in members if not inspect.isfunction(vars(resource)[name])}
    assert properties == RESOURCE_MEMBERS
    assert not {name for name in vars(base) if not name.startswith("_")} - RESOURCE_MEMBERS


def test_a_package_exports_the_names_of_the_table() -> None:
    own = {"Cloudflare", "AsyncCloudflare", "CloudflareError"}
    assert set(cloudflare_realtimekit.__all__) == {*PUBLIC, *own}
