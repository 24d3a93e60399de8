"""Intents: what a person wants the bot to do."""

from knowledge.intents.classifier import Example, IntentClassifier, Trained, train

__all__ = ["Example", "IntentClassifier", "Trained", "train"]
