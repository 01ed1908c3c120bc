"""How an article is read: by rules alone or by a model as well, in `windows` or `whole`; `auto` chooses of the two."""

from extract.strategies.read import digests, plan, read_article, read_by_rules

__all__ = ["digests", "plan", "read_article", "read_by_rules"]
