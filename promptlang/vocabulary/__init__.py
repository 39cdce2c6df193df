"""The words of the field: loading, matching, suggesting, conflicts."""
