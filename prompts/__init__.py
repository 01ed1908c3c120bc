"""What the model is asked: versioned prompt files, read and checked by the loader."""

from prompts.loader import Example, Prompt, load

__all__ = ["Example", "Prompt", "load"]
