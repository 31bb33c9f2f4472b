"""Whether others may train with a YouTube video: the public read-out of YouTube, asked only on request.

`GET /youtube/v3/videoTrainability?id=…` answers `{"kind", "etag", "videoId", "permitted"}`, the last with
"all", "none", or companies. By its documentation it needs neither key nor sign-in nor quota, so no key is
kept here (developers.google.com/youtube/data/video-trainability, read on 29 November 2026).
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from artist_console.domain.problems import NetworkProblem, UnknownThing
from artist_console.formats import encoding

from .connection import Connection
from .problems import Nonsense, ServiceBusy, ServiceFailed
from .refusals import check_kind, words

ADDRESS = "https://youtube.googleapis.com"
_PATH = "/youtube/v3/videoTrainability"
_KIND = "youtube#videoTrainability"
_MOST_COMPANIES = 500


@dataclass(frozen=True, slots=True)
class Trainability:
    """What was answered. `permitted` has "all", "none", or names of companies; at least one."""

    video: str
    permitted: tuple[str, ...]


class VideoUnknown(UnknownThing):
    title_template = "{host} does not know the video {video}, or does not show it to everybody"
    advice_template = "Check the address; of a private video only its owner sees the setting"


class WantsKey(NetworkProblem):
    """Against its documentation, the service does not answer without a key."""

    title_template = "{host} did not answer without being signed in to"
    advice_template = "Look at the setting in YouTube Studio, and note it here by hand"


class _Answer(msgspec.Struct, frozen=True):
    permitted: tuple[str, ...]
    videoId: str
    kind: str = _KIND


def read_trainability(line: Connection, video: str) -> Trainability:
    """Ask once about one video. Raises VideoUnknown, WantsKey or another Problem."""
    answered = line.ask("GET", _PATH, query={"id": video}, headers={"Accept": "application/json"})
    match answered.status:
        case 200:
            pass
        case 400 | 404:
            raise VideoUnknown(host=line.host, video=video)
        case 401 | 403:
            raise WantsKey(host=line.host)
        case 429:
            raise ServiceBusy(host=line.host)
        case status if status >= 500:
            raise ServiceFailed(host=line.host, status=status)
        case status if 300 <= status < 400:
            raise Nonsense(host=line.host, what="it leads to another address")
        case status:
            raise Nonsense(host=line.host, what=f"an error {status} without a reason")
    check_kind(line.host, answered, "application/json")
    try:
        found = encoding.decode(_Answer, answered.content)
    except encoding.MalformedMessage as error:
        raise Nonsense(host=line.host, what="it says nothing of who may train") from error
    if found.kind != _KIND or found.videoId != video:
        raise Nonsense(host=line.host, what="it is about something else than was asked for")
    named = tuple(filter(None, map(words, found.permitted)))
    if not 1 <= len(named) <= _MOST_COMPANIES:
        raise Nonsense(host=line.host, what="it says nothing of who may train")
    return Trainability(video, named)
