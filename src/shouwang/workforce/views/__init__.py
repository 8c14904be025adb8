"""Pages of the caseloads."""
