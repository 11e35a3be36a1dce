"""A list of recordings as the API sends it, and the models of it: what decoding is measured with."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Literal

from clientsmith.runtime.models import Model, dataclass, field


@dataclass
class Meeting(Model):
    id: str
    created_at: datetime
    updated_at: datetime
    live_stream_on_start: bool | None = None
    persist_chat: bool | None = None
    record_on_start: bool | None = None
    session_keep_alive_time_in_secs: float | None = None
    status: Literal["ACTIVE", "INACTIVE"] | None = None
    summarize_on_end: bool | None = None
    title: str | None = None


@dataclass
class StorageConfig(Model):
    type: Literal["aws", "azure", "digitalocean", "gcs", "sftp"]
    access_key: str | None = field(default=None, secret=True)
    auth_method: Literal["KEY", "PASSWORD"] | None = None
    bucket: str | None = None
    host: str | None = None
    password: str | None = field(default=None, secret=True)
    path: str | None = None
    port: float | None = None
    private_key: str | None = field(default=None, secret=True)
    region: str | None = None
    secret: str | None = field(default=None, secret=True)
    username: str | None = None


@dataclass
class Recording(Model):
    id: str
    audio_download_url: str | None
    download_url: str | None
    download_url_expiry: datetime | None
    file_size: float | None
    invoked_time: datetime
    output_file_name: str
    session_id: str | None
    started_time: datetime | None
    status: Literal["INVOKED", "RECORDING", "UPLOADING", "UPLOADED", "ERRORED", "PAUSED"]
    stopped_time: datetime | None
    meeting: Meeting | None = None
    recording_duration: int | None = None
    storage_config: StorageConfig | None = None


@dataclass
class Paging(Model):
    end_offset: float
    start_offset: float
    total_count: float


@dataclass
class RecordingsResponse(Model):
    data: list[Recording]
    paging: Paging
    success: bool


def recording(number: int) -> dict[str, object]:
    """Return one recording with its meeting and storage."""
    identifier = f"a1b2c3d4-0000-4000-8000-{number:012}"
    moment = f"2026-01-02T03:04:{number % 60:02}Z"
    meeting = {
        "id": identifier,
        "created_at": moment,
        "updated_at": moment,
        "live_stream_on_start": False,
        "persist_chat": True,
        "record_on_start": True,
        "session_keep_alive_time_in_secs": 60,
        "status": "ACTIVE",
        "summarize_on_end": False,
        "title": f"Meeting {number}",
    }
    storage_config = {
        "type": "aws",
        "auth_method": "KEY",
        "bucket": "recordings",
        "host": "storage.example.com",
        "path": f"/recordings/{number}",
        "region": "eu-1",
        "username": "recorder",
    }
    return {
        "id": identifier,
        "audio_download_url": f"https://example.com/audio/{number}?signature={'a' * 160}",
        "download_url": f"https://example.com/video/{number}?signature={'b' * 170}",
        "download_url_expiry": moment,
        "file_size": 12345.0 + number,
        "invoked_time": moment,
        "output_file_name": f"recording_{number}.mp4",
        "session_id": identifier,
        "started_time": moment,
        "status": "UPLOADED",
        "stopped_time": moment,
        "meeting": meeting,
        "recording_duration": 60,
        "storage_config": storage_config,
    }


def recordings(count: int = 500) -> dict[str, object]:
    """Return the response of `recordings.get_recordings`: 1,502 objects and 0.67 MB of JSON for 500."""
    paging = {"end_offset": count, "start_offset": 1, "total_count": count}
    return {"data": [recording(i) for i in range(count)], "paging": paging, "success": True}


def recordings_json(count: int = 500) -> bytes:
    """Return the same as JSON text."""
    return json.dumps(recordings(count)).encode()
