"""Many records in, one event in many accounts out: clusters of facts, divergences and independent witnesses."""

from reconcile.reconciling import reconcile

__all__ = ["reconcile"]
