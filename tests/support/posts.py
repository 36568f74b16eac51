# posts.py
#
# SPDX-License-Identifier: GPL-3.0-or-later

"""Posts as systems of meetings sign them, and what has become of them."""

import base64
import hashlib
import hmac
import json
import re
import time

SECRET = "correct horse"
STAMP = 1_800_000_000_000


def zoom(event, stamp=STAMP, key=SECRET, at=None, uuid="M1==", **person):
    """A body as Zoom posts it, and its headers."""
    meeting = {"id": "912", "uuid": uuid, "topic": "Review", **({"participant": person} if person else {})}
    body = json.dumps({"event": event, "event_ts": stamp, "payload": {"object": meeting}})
    return signed_by_zoom(body, key, at)


def signed_by_zoom(body, key=SECRET, at=None):
    at = str(int(time.time() if at is None else at))
    digest = hmac.new(key.encode(), f"v0:{at}:{body}".encode(), hashlib.sha256).hexdigest()
    return body, {"x-zm-signature": f"v0={digest}", "x-zm-request-timestamp": at}


def part(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def token(body, key=SECRET, algorithm="HS256", **claims):
    whole = {"iss": "APIkey", "exp": int(time.time()) + 300,
             "sha256": base64.b64encode(hashlib.sha256(body.encode()).digest()).decode(), **claims}
    head = f'{part(json.dumps({"alg": algorithm, "typ": "JWT"}).encode())}.{part(json.dumps(whole).encode())}'
    return f"{head}.{part(hmac.new(key.encode(), head.encode(), hashlib.sha256).digest())}"


def people(service):
    return {address: (person["role"], "left" in person)
            for document in service.conversations().values()
            for address, person in document["participants"].items()}


def counted(service, name):
    """What has become of the posts to a feed, and what they have told."""
    text = service.request("GET", "/metrics")[1].decode()
    found = re.findall(rf'^conference_tracker_hook_requests_total{{hook="{name}",result="(\w+)"}} (\d+)$', text, re.M)
    events = re.search(rf'^conference_tracker_hook_events_total{{hook="{name}"}} (\d+)$', text, re.M)
    at = re.search(rf'^conference_tracker_hook_last_taken_timestamp_seconds{{hook="{name}"}} ([\d.]+)$', text, re.M)
    return {**{result: int(number) for result, number in found if int(number)},
            **({"events": int(events[1])} if int(events[1]) else {})}, float(at[1]) if at else None
