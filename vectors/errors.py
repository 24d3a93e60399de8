"""What can go wrong with models and indexes, as sentences for the operator.

ModelUnavailable   weights are missing, cut short or not the ones we know
StoreUnavailable   the vector store does not answer
StoreInUse         another process has the embedded store open
"""


class ModelUnavailable(RuntimeError):
    """A model's files are missing or damaged; the message names the command that mends it."""

    def __init__(self, model: str, *, reason: str, command: str) -> None:
        super().__init__(f"The model {model} cannot be used: {reason}. Install it with: {command}")
        self.model = model
        self.command = command


class StoreUnavailable(RuntimeError):
    """The vector store does not answer; search goes on with words alone."""


class StoreInUse(RuntimeError):
    """The embedded vector store is opened by one process at a time."""

    def __init__(self, folder: str) -> None:
        super().__init__(
            f"Another process has the vector store in {folder} open. "
            "Stop it, or run a Chroma server and set HOURWISE_CHROMA_URL."
        )
