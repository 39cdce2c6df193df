"""The language server: what an editor asks of a script.

`protocol` and `server` speak the protocol, with pygls, and `capabilities` says in its words what is
offered. Everything else is pure: a function takes a `view.View` of an open script (or all of them,
`scripts.Scripts`) and the parameters of a request, and returns what the protocol wants as plain
data. Which function answers what is listed in `features` and nowhere else: FEATURES of one script,
WORKSPACE of all of them, RESOLVERS of an item of an earlier answer.
"""
