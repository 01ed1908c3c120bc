"""What others use for the same work, by the same ruler: recorded once with the same model, replayed offline."""
