"""How the client is used, as type checkers see it: `reveals` names a type, `error` a line that must not pass."""

from __future__ import annotations

from datetime import datetime
from typing import reveal_type

import httpx
import httpx2
from cloudflare_realtimekit import AsyncCloudflare, Cloudflare, CloudflareError, NotFoundError, omit
from cloudflare_realtimekit.types import Error
from cloudflare_realtimekit.types.realtime_kit import (
    MeetingCreateParams,
    MeetingCreateResponse,
    RecordingStartTrackRecordingParams,
)
from cloudflare_realtimekit.types.realtime_kit.meeting_create_params import AIConfig
from cloudflare_realtimekit.types.realtime_kit.meeting_create_response import (
    Data,
    DataAIConfig,
    DataAIConfigSummarization,
)
from cloudflare_realtimekit.types.realtime_kit.recording_start_track_recording_params import Layers

client = Cloudflare(api_token="token")
async_client = AsyncCloudflare(api_email="a@example.com", api_key="key", timeout=5.0)
meetings = client.realtime_kit.meetings

# Arguments

config: AIConfig = {"transcription": {"language": "de", "keywords": ["a"]}}
params: MeetingCreateParams = {"account_id": "account", "title": None, "ai_config": config}
meetings.create("app", **params)
meetings.create("app", account_id="account", title=omit, ai_config={"summarization": {"word_limit": 300}})
meetings.create("app", account_id="account", ai_config=DataAIConfig())
meetings.create("app", account_id="account", recording_config={"storage_config": None})
meetings.create("app", account_id="account", extra_headers={"X": "y"}, extra_query={"a": 1}, timeout=None)
meetings.get("app", account_id="account", start_time=datetime.now(), end_time="2026-01-01T00:00:00Z", page_no=1)
layers: dict[str, Layers] = {"default": {"media_kind": "audio"}}
track: RecordingStartTrackRecordingParams = {"account_id": "account", "meeting_id": "meeting", "layers": layers}
client.realtime_kit.recordings.start_track_recording("app", **track)

meetings.create("app")  # error: account_id is missing
meetings.create(account_id="account")  # error: app_id is missing
meetings.create("app", "account")  # error: one positional argument only
meetings.create(7, account_id="account")  # error: not a string
meetings.create("app", account_id="account", title=7)  # error: not a string
meetings.create("app", account_id="account", persist_chat=None)  # error: may not be null
meetings.create("app", account_id="account", nothing=1)  # error: no such parameter
meetings.create("app", account_id="account", ai_config={"summarization": {"word_limit": "x"}})  # error: no integer
meetings.create("app", account_id="account", ai_config={"nothing": 1})  # error: no such key
meetings.get("app", account_id="account", status="OPEN")  # error: not one of the values
incomplete: MeetingCreateParams = {"title": "Title"}  # error: account_id is missing
print(client.realtime_kit.nothing)  # error: no such resource
Cloudflare("token")  # error: keywords only

# Responses

answer = meetings.create("app", **params)
reveal_type(answer)  # reveals: MeetingCreateResponse
reveal_type(answer.success)  # reveals: bool
reveal_type(answer.data)  # reveals: Data | None
print(answer.data.id)  # error: may be None
assert answer.data is not None
reveal_type(answer.data.created_at)  # reveals: datetime
reveal_type(answer.data.session_keep_alive_time_in_secs)  # reveals: float | None
reveal_type(answer.to_dict())  # reveals: dict[str, object]
reveal_type(meetings.with_raw_response.create("app", **params))  # reveals: RawResponse[MeetingCreateResponse]
reveal_type(meetings.with_raw_response.create("app", **params).parse())  # reveals: MeetingCreateResponse
meetings.with_raw_response.create("app", title="Title")  # error: account_id is missing
with meetings.with_streaming_response.create("app", **params) as streamed:
    reveal_type(streamed)  # reveals: StreamedResponse[MeetingCreateResponse]
    reveal_type(streamed.parse())  # reveals: MeetingCreateResponse
for meeting in meetings.iter("app", account_id="account"):
    reveal_type(meeting.title)  # reveals: str | None
nothing: str = client.realtime_kit.recordings.start_track_recording("app", **track)  # error: returns nothing


async def use() -> None:
    answer = await async_client.realtime_kit.meetings.create("app", **params)
    reveal_type(answer)  # reveals: MeetingCreateResponse
    raw = async_client.realtime_kit.meetings.with_raw_response
    reveal_type(await raw.create("app", **params))  # reveals: AsyncRawResponse[MeetingCreateResponse]
    streaming = async_client.realtime_kit.meetings.with_streaming_response
    async with streaming.create("app", **params) as streamed:
        reveal_type(streamed)  # reveals: AsyncStreamedResponse[MeetingCreateResponse]
        reveal_type(await streamed.parse())  # reveals: MeetingCreateResponse
    async for meeting in async_client.realtime_kit.meetings.iter("app", account_id="account"):
        reveal_type(meeting.title)  # reveals: str | None
    await async_client.realtime_kit.meetings.create("app")  # error: account_id is missing
    async with AsyncCloudflare() as other:
        reveal_type(other)  # reveals: AsyncCloudflare


# Models

summary = DataAIConfigSummarization(summary_type="general", word_limit=200)
made = DataAIConfig(summarization=summary)
reveal_type(made.summarization)  # reveals: DataAIConfigSummarization | None
reveal_type(MeetingCreateResponse.from_dict({"success": True}))  # reveals: MeetingCreateResponse
MeetingCreateResponse(success=True, data=Data(id="id", created_at=datetime.now(), updated_at=datetime.now()))
MeetingCreateResponse()  # error: success is missing
MeetingCreateResponse(True)  # error: keywords only
DataAIConfigSummarization(word_limit="x")  # error: no integer
DataAIConfigSummarization(summary_type="x")  # error: not one of the values
DataAIConfigSummarization(nothing=1)  # error: no such field
print(made.nothing)  # error: no such field

# Clients and errors

Cloudflare(http_client=httpx2.Client())
Cloudflare(http_client=httpx.Client(), max_retries=0, default_headers={"X": "y"})
AsyncCloudflare(http_client=httpx2.AsyncClient())
AsyncCloudflare(http_client=httpx.AsyncClient())
Cloudflare(http_client=httpx2.AsyncClient())  # error: an async client
reveal_type(client.with_options(timeout=httpx2.Timeout(1.0)))  # reveals: Cloudflare
try:
    meetings.get("app", account_id="account")
except NotFoundError as error:
    reveal_type(error.status_code)  # reveals: int
    shown: CloudflareError = error
reveal_type(Error.from_dict({}).error.message)  # reveals: str
