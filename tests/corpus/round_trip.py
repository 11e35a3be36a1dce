"""Calls every method of a generated client over loopback HTTP: document and client go in, what went wrong comes out.

`python -m tests.corpus.round_trip DOCUMENT FOLDER PACKAGE REPORT` prints JSON. A request is held against the document
by openapi-core and by `wire`. An answer is generated from the response schema, must be decoded (strictly, too, where
it is valid) and must encode back to itself.
"""

from __future__ import annotations

import asyncio
import importlib
import importlib.util
import inspect
import json
import sys
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx2
from tests.runtime.server import Received, Server, Step, answer

from .formal import FormalCheck, Limit, asks_too_much
from .payloads import Choice, NoPayload, Payloads
from .schemas import Checker, Direction
from .specification import JSON, Answer, Media, Operation, Place, Specification
from .wire import body_problem, headers_problem, path_problem, query_problem, same, without_space

BASE = "/base/path"
BYTES = b"the bytes \x00\xff of a body"
OPTIONS = ("extra_headers", "extra_query", "extra_body", "timeout", "content_type")
VARIANTS = (Choice(everything=False), Choice(everything=True), Choice(everything=True, nulls=True))
FRAMING = ("content-length", "transfer-encoding", "host", "connection", "content-encoding")
"""Headers that have to agree with the body."""
BODILESS = (204, 205, 304)
"""Statuses whose responses have no body, whatever a document says."""


UNMADE = "no value could be made"
"""Stands for a payload where a schema allows none at all."""


@dataclass
class Tally:
    """What came of all calls of one document."""

    operations: int = 0
    calls: int = 0
    formal: int = 0
    """Requests that openapi-core accepted."""
    limits: Counter[str] = field(default_factory=Counter)
    """Requests that openapi-core could not read, or took for wrong though `wire` found them as they should be."""
    loose: int = 0
    """Payloads that their schema does not allow, because none could be made that it does."""
    failures: list[str] = field(default_factory=list)


class Failure(Exception):
    """A call did not do what the document says."""


@dataclass
class Recorded:
    """What a method passes on, with the name of the argument in place of each value."""

    operation: Any
    groups: JSON
    names: tuple[str, ...]

    def argument(self, location: str, wire_name: str) -> str:
        group = {"header": "headers", "cookie": "cookies"}.get(location, location)
        found = (self.groups.get(group) or {}).get(wire_name)
        if not isinstance(found, Named):
            raise Failure(f"no argument for the {location} parameter {wire_name!r}")
        return found.name


@dataclass(frozen=True)
class Named:
    """Stands for the value of an argument."""

    name: str


class Recorder:
    """Stands in for a client: notes what a method asks it for."""

    def request(self, operation: Any, **groups: Any) -> tuple[Any, JSON]:
        return operation, groups

    stream = paginate = _raw = request


class ToLoopback(httpx2.HTTPTransport):
    """Sends everything to one server, whatever host a document names."""

    def __init__(self, origin: str) -> None:
        super().__init__()
        self._origin = httpx2.URL(origin)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        request.url = request.url.copy_with(scheme="http", host=self._origin.host, port=self._origin.port)
        return super().handle_request(request)


class AsyncToLoopback(httpx2.AsyncHTTPTransport):
    """The same, async."""

    def __init__(self, origin: str) -> None:
        super().__init__()
        self._origin = httpx2.URL(origin)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        request.url = request.url.copy_with(scheme="http", host=self._origin.host, port=self._origin.port)
        return await super().handle_async_request(request)


class Clients:
    """A sync and an async client of a generated package, with every credential that is sent as it is."""

    def __init__(self, package: str, origin: str) -> None:
        module = importlib.import_module(f"{package}._client")
        async_name, name = sorted(module.__all__, key=lambda n: (not n.startswith("Async"), -len(n)))
        schemes = tuple(_sent_as_they_are(package, module._CONFIG.all_schemes))
        arguments = getattr(module, "_ARGUMENTS", ())
        self.credentials = {c.name: f"credential-{c.name}" for s in schemes for c in s.credentials}
        self.query_credentials = {s.wire_name for s in schemes if getattr(s, "location", "") == "query"}
        self.query_credentials |= {a.wire_name for a in arguments if a.place == "query"}
        self.runner = asyncio.Runner()
        given = {a.name: f"argument-{a.name}" for a in arguments}
        options: JSON = {**self.credentials, **given, "base_url": origin + BASE, "max_retries": 0}
        http = httpx2.Client(transport=ToLoopback(origin))
        async_http = httpx2.AsyncClient(transport=AsyncToLoopback(origin))
        self.sync = getattr(module, name)(http_client=http, **options)
        self.async_ = getattr(module, async_name)(http_client=async_http, **options)
        self.encode = importlib.import_module(f"{package}._core.encode").encode
        decoding = importlib.import_module(f"{package}._core.decode")
        self.decode, self.decode_error = decoding.decode, decoding.DecodeError
        # A client whose document has no objects has no models.
        has_models = importlib.util.find_spec(f"{package}._core.models") is not None
        self.model = importlib.import_module(f"{package}._core.models").Model if has_models else ()
        self.validation_error = importlib.import_module(f"{package}._core.errors").APIResponseValidationError
        self.status_error = importlib.import_module(f"{package}._core.errors").APIStatusError

    def close(self) -> None:
        self.sync.close()
        self.runner.run(self.async_.close())
        self.runner.close()


def _sent_as_they_are(package: str, schemes: Iterable[Any]) -> Iterator[Any]:
    """Leave out the ways to fetch a token: no document says what their server responds with."""
    has_grants = importlib.util.find_spec(f"{package}._core.oauth2") is not None
    grant = importlib.import_module(f"{package}._core.oauth2").Grant if has_grants else ()
    return (scheme for scheme in schemes if not isinstance(scheme, grant))


class RoundTrip:
    """Runs one document."""

    def __init__(self, document: Path, package: str, report: JSON, server: Server) -> None:
        self.specification = Specification(document)
        self.checker = Checker(self.specification)
        self.requests = Payloads(self.specification, "request")
        self.answers = Payloads(self.specification, "response")
        self.clients = Clients(package, server.origin)
        self.methods: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for entry in report["operations"]:
            place = entry["verb"], _bare(entry["path"])
            self.methods.setdefault(place, []).append((entry["resource"], entry["method"]))
        self.server = server
        self.tally = Tally()

    def run(self) -> Tally:
        for number, operation in enumerate(self.specification.operations):
            self.tally.operations += 1
            try:
                trip = OperationTrip(self, operation)
            except Exception as error:
                self.note(f"{operation}: {type(error).__name__}: {str(error)[:300]}")
                continue
            for case in trip.cases(number):
                self.tally.calls += 1
                try:
                    trip.call(case)
                except Exception as error:
                    self.note(f"{operation} [{case}]: {type(error).__name__}: {str(error)[:400]}")
        self.clients.close()
        return self.tally

    def note(self, failure: str) -> None:
        self.tally.failures.append(failure)

    def payload(self, schema: Place | None, choice: Choice, direction: Direction) -> tuple[Any, bool]:
        """Make a payload, and tell whether the schema allows it; try other variants where it does not."""
        if schema is None:
            return {"any": [1, "text"]}, True
        payloads = self.requests if direction == "request" else self.answers
        value, problem = None, ""
        for changed in _fallbacks(choice):
            try:
                value = payloads.make(schema, changed)
            except NoPayload as error:
                problem = str(error)
                continue
            if not (problem := self.checker.problem(_without_bytes(value), schema, direction) or ""):
                return value, True
        self.tally.loose += 1
        return UNMADE if problem and value is None else value, False


def _bare(path: str) -> str:
    """Leave out what is no part of a request's path."""
    return path.partition("#")[0].partition("?")[0]


def _fallbacks(choice: Choice) -> Iterator[Choice]:

    yield choice
    if choice.nulls:
        yield replace(choice, nulls=False)
    for turn in range(1, 4):
        yield replace(choice, nulls=False, turn=choice.turn + turn)
    for turn in range(3):
        yield replace(choice, everything=False, nulls=False, turn=turn)


def _without_bytes(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_bytes(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_bytes(item) for item in value]
    return "bytes" if isinstance(value, bytes) else value


@dataclass
class Case:
    """One call: how much it sends, and the response to it."""

    number: int
    choice: Choice
    answer: Answer | None
    body: int

    def __str__(self) -> str:
        amount = "nulls" if self.choice.nulls else "all" if self.choice.everything else "required"
        return (
            f"{amount}, {'async' if self.number % 2 else 'sync'}, {self.answer.status if self.answer else 'no answer'}"
        )


class OperationTrip:
    """Calls one method in every way that its document offers."""

    def __init__(self, trip: RoundTrip, operation: Operation) -> None:
        self.trip = trip
        self.operation = operation
        resource, self.name = trip.methods[operation.verb, _bare(operation.path)].pop(0)
        self.resource = resource.split(".") if resource else []
        self.recorded = self._record()
        self.media = self._media()
        self.formal = FormalCheck(trip.specification, operation, BASE)

    def _bound(self, client: Any) -> Any:
        for step in self.resource:
            client = getattr(client, step)
        return getattr(client, self.name)

    def _record(self) -> Recorded:
        method = self._bound(self.trip.clients.sync)
        owner = type(method.__self__)  # a resource, or the client itself, which has a property of this name
        stand_in = object.__new__(type(owner.__name__, (owner,), {"_client": Recorder()}))
        names = tuple(inspect.signature(method).parameters)
        values = {name: Named(name) for name in names}
        parameters = inspect.signature(method).parameters.values()
        positional = [values.pop(p.name) for p in parameters if p.kind is not p.KEYWORD_ONLY]
        operation, groups = method.__func__(stand_in, *positional, **values)
        return Recorded(operation, groups, names)

    def _media(self) -> tuple[Media, ...]:
        """Find the document's media types for the bodies that the client can send."""
        declared = self.operation.body.content if self.operation.body else ()
        found = []
        for body in self.recorded.operation.bodies:
            matching = [m for m in declared if without_space(m.content_type) == without_space(body.media_type)]
            matching += [m for m in declared if "*" in m.content_type]
            if not matching:
                raise Failure(f"the document has no body of type {body.media_type!r}")
            found.append(matching[0])
        return tuple(found)

    def cases(self, turn: int) -> Iterator[Case]:
        successes: list[Answer | None] = list(self.operation.successes) or [None]
        rounds = max(len(VARIANTS), len(successes), len(self.media))
        for number in range(rounds):
            choice = replace(VARIANTS[number % len(VARIANTS)], turn=turn + number)
            body = number % (len(self.media) or 1)
            yield Case(number, choice, successes[number % len(successes)], body)
        for number, error in enumerate(
            e for e in self.operation.errors[:3] if e.status != "3XX" and e.status[0] != "1"
        ):
            yield Case(rounds + number, Choice(everything=bool(number % 2)), error, 0)

    # --- one call ------------------------------------------------------------------------------------------------

    def call(self, case: Case) -> None:
        clients = self.trip.clients
        values, arguments, body, is_valid = self._arguments(case)
        answered = Answered(self.trip, case)
        self.trip.server.received.clear()
        self.trip.server.route = answered.step
        error = None
        result: Any = None
        try:
            result = self._perform(case, arguments)
        except clients.status_error as raised:
            error = raised
        except clients.validation_error:
            if answered.payload is not UNMADE:
                raise
        self._check_request(values, body, case, is_valid)
        self._check_answer(case, answered, result, error)

    def _perform(self, case: Case, arguments: JSON) -> Any:
        clients = self.trip.clients
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            if case.number % 2:
                result = clients.runner.run(_collected(self._bound(clients.async_), arguments))
            else:
                result = self._bound(clients.sync)(**arguments)
                result = list(result) if hasattr(result, "__next__") else result
        said = any(issubclass(w.category, DeprecationWarning) for w in caught)
        if said != bool(self.operation.value.get("deprecated")):
            raise Failure("a deprecation warning that is not due" if said else "no deprecation warning")
        return result

    def _arguments(self, case: Case) -> tuple[dict[tuple[str, str], Any], JSON, Any, bool]:
        """Make values for parameters and body, and the keyword arguments that carry them."""
        values: dict[tuple[str, str], Any] = {}
        arguments: JSON = {}

        choice = replace(case.choice, plain=True, nulls=False)
        for parameter in self.operation.parameters:
            is_framing = parameter.location == "header" and parameter.name.lower() in FRAMING
            if parameter.required or (choice.everything and not is_framing):
                value, _ = self._parameter_value(parameter.schema, choice)
                if value is None and not parameter.required:
                    continue
                values[parameter.location, parameter.name] = value
                arguments[self.recorded.argument(parameter.location, parameter.name)] = value
        body, is_valid = self._add_body(case, arguments)
        for location, name in values:
            if name.lower() == "content-length":
                values[location, name] = len(body) if isinstance(body, bytes) else 0
                arguments[self.recorded.argument(location, name)] = values[location, name]
        return values, arguments, body, is_valid

    def _parameter_value(self, schema: Place | None, choice: Choice) -> tuple[Any, bool]:
        return ("text-1", True) if schema is None else self.trip.payload(schema, choice, "request")

    def _add_body(self, case: Case, arguments: JSON) -> tuple[Any, bool]:
        declared = self.operation.body
        if declared is None or not self.media or not (declared.required or case.choice.everything):
            return None, True
        media = self.media[case.body]
        value, is_valid = self._body_value(media, case.choice)
        if len(self.media) > 1 and "content_type" in self.recorded.names:
            arguments["content_type"] = media.content_type
        group = self.recorded.groups.get("body")
        if isinstance(group, Named):
            arguments[group.name] = value
            return value, is_valid
        for name, item in value.items():
            if isinstance((group or {}).get(name), Named):
                arguments[group[name].name] = item
            elif media.schema is not None and name in self.trip.requests.members(media.schema):
                raise Failure(f"no argument for the member {name!r} of the body")
            else:
                arguments.setdefault("extra_body", {})[name] = item
        return value, is_valid

    def _body_value(self, media: Media, choice: Choice) -> tuple[Any, bool]:

        if media.kind == "bytes":
            return BYTES, True
        if media.kind == "text":
            return "the text \u00e4 of a body", True
        is_form = media.kind in ("form", "multipart")
        changed = replace(choice, files=media.kind == "multipart", nulls=choice.nulls and not is_form)
        return self.trip.payload(media.schema, changed, "request")

    # --- checks --------------------------------------------------------------------------------------------------

    def _check_request(self, values: dict[tuple[str, str], Any], body: Any, case: Case, is_valid: bool) -> None:
        received = self.trip.server.received
        if len(received) != 1 or received[0].method != self.operation.verb:
            raise Failure(f"not one {self.operation.verb} request, but {[r.method for r in received]}")
        problem = (
            path_problem(received[0], self.operation, values, BASE)
            or query_problem(received[0], self.operation, values, self.trip.clients.query_credentials)
            or headers_problem(received[0], self.operation, values)
        )
        is_left_out = body == {} and self.operation.body is not None and not self.operation.body.required
        if problem is None and body is not None and not (is_left_out and not received[0].body):
            problem = body_problem(received[0], self.media[case.body], body)
        if problem is None and body is None and received[0].body and not self._may_be_empty(received[0]):
            problem = f"a body where none is due: {received[0].body[:80]!r}"
        if problem:
            raise Failure(problem)
        self._check_formally(received[0])

    def _may_be_empty(self, received: Received) -> bool:
        """Report whether what was sent is an object without members, and the document allows such a body."""
        is_empty = received.body == b"{}" or (received.body.startswith(b"--") and received.body.count(b"\r\n") == 1)
        media = self.media[0] if self.media else None
        if not is_empty or media is None or media.schema is None:
            return False
        return self.trip.checker.problem({}, media.schema, "request") is None

    def _check_formally(self, received: Received) -> None:
        try:
            problem = self.formal.problem(received)
        except Limit as limit:
            problem = str(limit)
        if problem is None:
            self.trip.tally.formal += 1
        elif problem.startswith("Security") and not asks_too_much(self.trip.specification, self.operation):
            raise Failure(problem)
        else:
            self.trip.tally.limits[problem] += 1

    def _check_answer(self, case: Case, answered: Answered, result: Any, error: Any) -> None:
        is_success = case.answer is None or case.answer in self.operation.successes
        if is_success and error is not None:
            raise Failure(f"raised {type(error).__name__} for {case.answer and case.answer.status}")
        if not is_success:
            if error is None:
                raise Failure(f"raised nothing for {case.answer and case.answer.status}")
            result = getattr(error, "error", None)
            if answered.media is None or answered.media.kind != "json":
                return
            if result is None and answered.payload is not None:
                raise Failure("the error has no decoded body")
        problem = answered.problem(result)
        if problem is None and is_success and answered.media is not None:
            problem = answered.strict_problem(self.recorded.operation)
        if problem:
            raise Failure(problem)


async def _collected(method: Any, arguments: JSON) -> Any:
    result = await method(**arguments)
    return [item async for item in result] if hasattr(result, "__anext__") else result


class Answered:
    """The response of the server to one call, chosen by the request's Accept header."""

    def __init__(self, trip: RoundTrip, case: Case) -> None:
        self.trip = trip
        self.case = case
        self.media: Media | None = None
        self.payload: Any = None
        self.is_valid = True
        self.failure: str | None = None

    def step(self, received: Received) -> Step:
        status = self._status()
        has_no_body = status in BODILESS or received.method == "HEAD"
        if self.case.answer is None or not self.case.answer.content or has_no_body:
            return answer(status)
        accept = received.header("accept") or ""
        self.media = next((m for m in self.case.answer.content if _accepts(accept, m)), self.case.answer.content[0])
        return answer(status, self._content(self.media), content_type=_concrete(self.media.content_type))

    def _status(self) -> int:
        status = self.case.answer.status if self.case.answer else "200"
        if status == "default":
            is_error = self.case.choice.turn == 0 and self.case.answer is not None and self._is_error()
            return 418 if is_error else 200
        return int(status.replace("XX", "18" if status[0] in "45" else "00"))

    def _is_error(self) -> bool:
        return self.case.answer is not None and self.case.number >= len(VARIANTS)

    def _content(self, media: Media) -> bytes:
        if media.kind in ("text", "bytes", "form", "multipart"):
            self.payload = b"the bytes \x00\xff of an answer" if media.kind == "bytes" else "the text \u00e4".encode()
            return bytes(self.payload)
        if media.kind == "json":
            self.payload, self.is_valid = self.trip.payload(media.schema, self.case.choice, "response")
            return json.dumps(self.payload).encode()
        items = [self.trip.payload(media.schema, self.case.choice, "response")[0] for _ in range(2)]
        self.payload = items
        texts = [item if isinstance(item, str) and media.kind == "event-stream" else json.dumps(item) for item in items]
        form = "data: {}\n\n" if media.kind == "event-stream" else "{}\n"
        return "".join(form.format(text.replace("\n", " ")) for text in texts).encode()

    def problem(self, result: Any) -> str | None:
        """Compare what a method returned with the payload."""
        if self.media is None:
            return None if result is None else f"{result!r} where there is no answer"
        if isinstance(self.payload, bytes):
            given = result.encode() if isinstance(result, str) else result
            return None if given == self.payload else f"the answer is {given!r}, not {self.payload!r}"
        if self.payload is UNMADE:
            return None
        model = self.trip.clients.model
        encoded = result.to_dict() if isinstance(result, model) else self.trip.clients.encode(result)
        if not same(encoded, self.payload):
            return f"the answer is {difference(encoded, self.payload)}"
        unknown = [n for n in unknown_fields(result, model) if n.partition(".")[2] not in self.trip.answers.undeclared]
        return f"not declared in the types: {unknown[:5]}" if unknown and self.is_valid else None

    def strict_problem(self, operation: Any) -> str | None:
        """Decode a valid payload once more, strictly."""
        kind = operation.response(self._status())
        if not self.is_valid or kind is None or self.media is None or self.media.kind != "json":
            return None
        clients = self.trip.clients
        try:
            clients.decode(self.payload, kind.annotation, strict=True)
        except clients.decode_error as error:
            return f"not decoded by a strict client: {error}"
        return None


def _accepts(accept: str, media: Media) -> bool:
    names = [part.partition(";")[0].strip() for part in accept.split(",")]
    return without_space(media.content_type).partition(";")[0] in names


def _concrete(content_type: str) -> str:
    name = content_type.partition(";")[0].strip()
    return "application/octet-stream" if "*" in name or "/" not in name else name


def difference(one: Any, other: Any, place: str = "$") -> str:
    """Say where two JSON values differ first."""
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() != other.keys():
            return f"at {place} without {sorted(other.keys() - one.keys())}, with {sorted(one.keys() - other.keys())}"
        for key in one:
            if not same(one[key], other[key]):
                return difference(one[key], other[key], f"{place}.{key}")
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for index, (a, b) in enumerate(zip(one, other, strict=True)):
            if not same(a, b):
                return difference(a, b, f"{place}[{index}]")
    return f"at {place} {one!r}, not {other!r}"


def unknown_fields(value: Any, model: type) -> Iterator[str]:
    """Name the fields of a model, and of models in it, that its class does not declare."""
    if isinstance(value, model):
        yield from (f"{type(value).__name__}.{name}" for name in value.unknown_fields)  # type: ignore[attr-defined]
        value = [getattr(value, f) for f in type(value).__dataclass_fields__]  # type: ignore[attr-defined]
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from unknown_fields(item, model)


def main(arguments: list[str]) -> int:
    """Run one document, print what came of it."""
    document, folder, package, report = arguments
    sys.path.insert(0, folder)
    sys.setrecursionlimit(5000)
    server = Server()
    try:
        tally = RoundTrip(Path(document), package, json.loads(Path(report).read_text("utf-8")), server).run()
    finally:
        server.close()
    print(json.dumps(vars(tally)))
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
