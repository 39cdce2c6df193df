"""The linter: rules of the craft, suppression and fixes."""
