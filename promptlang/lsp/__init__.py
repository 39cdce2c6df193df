"""The language server: what an editor asks of a script.

`server` speaks the protocol, with pygls, and is the only module that imports it. Everything else
is pure: a function takes a `view.View` of an open script and the parameters of a request, and
returns what the protocol wants as plain data. A function is listed in `features.FEATURES` and
nowhere else.
"""
