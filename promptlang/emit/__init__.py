"""From plan to requests: lowering, wording, spelling."""
