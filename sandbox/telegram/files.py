"""Files that the bot or a person sent, by file id."""

import base64
import struct
from dataclasses import dataclass

from kernel.ids import new_id
from sandbox.values import JsonObject

_FOLDERS = {
    "document": "documents", "photo": "photos", "voice": "voice", "sticker": "stickers",
    "audio": "music", "video": "videos",
}  # fmt: skip
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True)
class StoredFile:
    """One file as it was sent; sending it again by its id makes no copy."""

    kind: str
    """`document`, `photo`, `voice`, `sticker`, `audio` or `video`."""
    id: str
    name: str
    content: bytes

    @property
    def path(self) -> str:
        """Its path below the token's file address."""
        suffix = self.name.rpartition(".")[2] if "." in self.name else "bin"
        return f"{_FOLDERS[self.kind]}/{self.id}.{suffix}"

    def as_file(self) -> JsonObject:
        """The fields that every Bot API file object has."""
        return {
            "file_id": f"{self.kind}-{self.id}",
            "file_unique_id": self.id,
            "file_size": len(self.content),
        }


class Files:
    """All files."""

    def __init__(self) -> None:
        self._by_file_id: dict[str, StoredFile] = {}

    def add(self, kind: str, name: str, content: bytes) -> StoredFile:
        """Keep a file."""
        file = StoredFile(kind, new_id(), name, content)
        self._by_file_id[file.as_file()["file_id"]] = file
        return file

    def get(self, file_id: str) -> StoredFile | None:
        """The file with this file id."""
        return self._by_file_id.get(file_id)

    def at_path(self, path: str) -> StoredFile | None:
        """The file with this path."""
        return next((file for file in self._by_file_id.values() if file.path == path), None)

    def dump(self) -> list[JsonObject]:
        """As JSON for the state file."""
        return [
            {
                "kind": file.kind,
                "id": file.id,
                "name": file.name,
                "content": base64.b64encode(file.content).decode(),
            }
            for file in self._by_file_id.values()
        ]

    def load(self, saved: list[JsonObject]) -> None:
        """Back from the state file."""
        for row in saved:
            content = base64.b64decode(row["content"])
            file = StoredFile(row["kind"], row["id"], row["name"], content)
            self._by_file_id[file.as_file()["file_id"]] = file


def image_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, JPEG or GIF picture; None for anything else."""
    if content.startswith(_PNG) and len(content) >= 24:
        width, height = struct.unpack(">II", content[16:24])
        return width, height
    if content[:6] in (b"GIF87a", b"GIF89a") and len(content) >= 10:
        width, height = struct.unpack("<HH", content[6:10])
        return width, height
    if content.startswith(b"\xff\xd8"):
        return _jpeg_size(content)
    return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return None
