"""Parsed arguments in; the grounding tables, or a new recording of the peers, and an exit code out."""

from argparse import Namespace

from evals.grounding.cases import grounds
from evals.grounding.peers import PEERS, RECORDINGS, load, record
from evals.grounding.table import document
from evals.outputs import print_document, write_outputs


def grounding(args: Namespace) -> int:
    """Print the tables; 1 if a variant was refused or a false claim passed. With `--record`, ask the peers first."""
    if args.record:
        cases = [case for one in grounds() for case in one.cases]
        for peer in PEERS:
            print(f"{record(peer, cases)} written")
    found = document(grounds(), [load(peer) for peer in PEERS if (RECORDINGS / f"{peer}.json").exists()])
    write_outputs(found, args.output)
    print_document(found)
    return int(any(check.failure for check in found.cases))
