"""The subcommands, a module each: `add_arguments(parser)` declares it, `run(args)` does it and gives the exit code."""
