"""The pace of several processes, counted together in Redis."""

import asyncio
import hashlib
import logging
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

from kernel.ids import new_id

_log = logging.getLogger(__name__)

# a message counts from when its answer came, or, where a process died, as long as a request may
# take; all in microseconds of Redis' own clock
_TAKE = """
local now = redis.call('TIME')
local at = now[1] * 1000000 + now[2]
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', at - 1010000)
if redis.call('ZCARD', KEYS[1]) < tonumber(ARGV[1]) then
    redis.call('ZADD', KEYS[1], at + 20000000, ARGV[2])
    redis.call('PEXPIRE', KEYS[1], 30000)
    return 0
end
local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
return math.max(first[2] + 1010000 - at, 1)
"""
_ANSWERED = """
local now = redis.call('TIME')
redis.call('ZADD', KEYS[1], 'XX', now[1] * 1000000 + now[2], ARGV[1])
"""
_LONGEST_SLEEP_SECONDS = 0.1


@dataclass
class SharedPace:
    """At most so many messages of one bot in any rolling second, over all processes.

    Where Redis does not answer, each process goes on with its own pace, and says so.
    """

    url: str
    token: str
    _redis: Any = field(init=False)
    _key: str = field(init=False)

    def __post_init__(self) -> None:
        self._redis = Redis.from_url(self.url, socket_timeout=1.0)
        # the token is a secret, and which bot it is must not be seen in Redis
        self._key = f"hourwise:pace:{hashlib.sha256(self.token.encode()).hexdigest()[:16]}"

    async def take(self, per_second: int, *, patience: float) -> str | None:
        """Wait for a turn; its place, for `answered`, or None where it did not come in time."""
        place, until = new_id(), monotonic() + patience
        while (wait := await self._ask(_TAKE, per_second, place)) > 0:
            if monotonic() > until:
                return None
            await asyncio.sleep(min(wait / 1e6, _LONGEST_SLEEP_SECONDS))
        return place

    async def answered(self, place: str) -> None:
        """The message's second counts from now."""
        await self._ask(_ANSWERED, place)

    async def _ask(self, script: str, *values: object) -> float:
        try:
            return float(await self._redis.eval(script, 1, self._key, *values) or 0)
        except (RedisError, OSError) as error:
            _log.warning(
                "HOURWISE_REDIS_URL does not answer, the pace is this process's: %s", error
            )
            return 0.0

    async def close(self) -> None:
        """Let go of the connections."""
        await self._redis.aclose()
