"""What editors are told of in advance: kinds of actions, characters to ask behind."""

QUICK, EXTRACT, REWRITE = "quickfix", "refactor.extract", "refactor.rewrite"
FIX_ALL = "source.fixAll.promptlang"
ACTIONS = (QUICK, EXTRACT, REWRITE, FIX_ALL)
"""Every kind of action there is."""

TRIGGERS = ("@", "{", ":", ">", '"', "/", ".", "[", ",", " ")
"""The characters behind which an editor asks by itself what may follow."""
