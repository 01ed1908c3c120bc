"""The claims of one contact in, how its accounts part out: one module for each way, none of them "contradiction"."""
