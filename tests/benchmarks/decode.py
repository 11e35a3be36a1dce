"""Measure decoding and encoding of 500 recordings: `python -m tests.benchmarks.decode`.

Also measured is what was not chosen, decoders as closures, so that docs/decisions/0003-decoders.md can be checked.
"""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any, get_args, get_origin

from tests.benchmarks.recordings import RecordingsResponse, recordings, recordings_json

from clientsmith.runtime.annotations import field_hints
from clientsmith.runtime.declarations import ModelType
from clientsmith.runtime.decode import decode
from clientsmith.runtime.encode import dumps, encode, loads
from clientsmith.runtime.scalars import read_datetime


def closure_decoder(cls: ModelType) -> Callable[[Any], Any]:
    """Return a decoder of the same results (without unions) that loops over the fields."""
    fields = [
        (declared.wire_name or name, getattr(cls, name).__set__, _closure(field_hints(cls)[name]))
        for name, declared in cls.__fields__.items()
    ]
    known = {wire_name for wire_name, _, _ in fields}
    new: Any = object.__new__

    def decode_model(data: Any) -> Any:
        if type(data) is not dict:
            raise TypeError
        model: Any = new(cls)
        absent = 0
        for wire_name, store, convert in fields:
            if wire_name in data:
                value = data[wire_name]
                store(model, value if convert is None else convert(value))
            else:
                absent += 1
        if len(data) + absent != len(fields):
            model.__unknown__ = {k: v for k, v in data.items() if k not in known}
        return model

    return decode_model


def _closure(annotation: Any) -> Callable[[Any], Any] | None:
    members = [a for a in (annotation, *get_args(annotation)) if a is not type(None)]
    models = [member for member in members if isinstance(member, ModelType)]
    if models:
        convert = closure_decoder(models[0])
        if get_origin(annotation) is list:
            return lambda value: [convert(item) for item in value]
        return convert
    return _read_datetime if datetime in members else None


def _read_datetime(value: Any) -> Any:
    try:
        return datetime.fromisoformat(value) if value and len(value) > 10 else value
    except (TypeError, ValueError):
        return read_datetime(value)


def milliseconds(function: Callable[[], object], rounds: int = 30) -> float:
    """Return the CPU time of the quickest of several calls."""
    best = float("inf")
    for _ in range(rounds):
        gc.collect()
        started = time.process_time_ns()
        function()
        best = min(best, time.process_time_ns() - started)
    return best / 1e6


def main() -> None:
    text, data = recordings_json(), recordings()
    model = RecordingsResponse.from_dict(data)
    by_closures = closure_decoder(RecordingsResponse)
    assert by_closures(data) == model
    rows: dict[str, Callable[[], object]] = {
        "json.loads": lambda: json.loads(text),
        "loads (orjson if installed)": lambda: loads(text),
        "decode": lambda: decode(data, RecordingsResponse),
        "decode, closures": lambda: by_closures(data),
        "decode, strict": lambda: decode(data, RecordingsResponse, strict=True),
        "json.loads + decode": lambda: decode(json.loads(text), RecordingsResponse),
        "loads + decode": lambda: decode(loads(text), RecordingsResponse),
        "model.to_dict": model.to_dict,
        "encode plain data": lambda: encode(data),
        "dumps": lambda: dumps(data),
    }
    print(f"500 recordings, 1,502 objects, {len(text):,} bytes; CPU time, best of 30")
    for name, function in rows.items():
        print(f"  {name:30}{milliseconds(function):8.2f} ms")


if __name__ == "__main__":
    main()
