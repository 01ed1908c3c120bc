"""One self-contained page: what each account says, side by side, with the words that say so."""
