"""Made-up files for people who send one without having one."""

import struct
import zlib


def sample_photo(width: int = 320, height: int = 200) -> bytes:
    """A PNG picture: a soft gradient."""
    rows = b"".join(
        b"\x00"
        + b"".join(
            bytes((90 + 120 * x // width, 120 + 90 * y // height, 220)) for x in range(width)
        )
        for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def sample_document() -> bytes:
    """A short text."""
    return b"A sample document from the sandbox.\n"


def sample_voice() -> bytes:
    """The first page of an Ogg Opus stream: it opens, and is silent."""
    head = b"OpusHead" + struct.pack("<BBHIhB", 1, 1, 312, 48_000, 0, 0)
    page = b"OggS" + struct.pack("<BBqIIIBB", 0, 2, 0, 1, 0, 0, 1, len(head)) + head
    return page[:22] + struct.pack("<I", _ogg_checksum(page)) + page[26:]


def sample_audio() -> bytes:
    """An MP3 of one frame: it opens, and is silent."""
    return b"\xff\xfb\x90\xc4" + bytes(413)


def sample_video() -> bytes:
    """The head of an MP4 file without a picture."""
    return struct.pack(">I", 16) + b"ftypisom" + struct.pack(">I", 512)


def sample_sticker() -> bytes:
    """A WebP picture of one pixel."""
    data = bytes.fromhex("2f00000000071011111188888808")
    chunk = b"VP8L" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(chunk) + 4) + b"WEBP" + chunk


def _chunk(kind: bytes, data: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + checksum


def _ogg_checksum(page: bytes) -> int:
    register = 0
    for byte in page:
        register ^= byte << 24
        for _ in range(8):
            register = (register << 1) ^ (0x04C11DB7 if register & 0x80000000 else 0)
            register &= 0xFFFFFFFF
    return register
