"""Search in the knowledge base: meaning and words together, with a calibrated probability."""

from knowledge.search.knowledge_base import KnowledgeBase, Thresholds

__all__ = ["KnowledgeBase", "Thresholds"]
