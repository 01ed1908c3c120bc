"""Questions in, validated answers out: one endpoint, one retry policy, one cache of what was paid for.

Import from the modules: `endpoint` is light, `asker` brings openai and instructor.
"""
