; What a name stands for, wherever it is pointed at.
(script) @local.scope
(name) @local.definition
(ref (name) @local.reference)
