-- What the server calls a word, and the highlight group that shows it (`:help lsp-semantic-highlight`).
return {
  ['type.keyword'] = 'Statement', -- a heading
  ['type.type'] = 'Type', -- the kind of a declaration
  ['type.class'] = 'Identifier', -- a character
  ['type.variable'] = 'Identifier', -- any other thing
  ['type.struct'] = 'Structure', -- a picture, a video, a sound
  ['type.function'] = 'Identifier', -- what a block makes
  ['type.property'] = 'Tag', -- a key
  ['type.enumMember'] = 'Function', -- a camera term
  ['type.modifier'] = 'Function', -- how a term is meant
  ['type.macro'] = 'Special', -- a transition
  ['type.namespace'] = 'Directory', -- a place
  ['type.label'] = 'Label',
  ['type.method'] = 'Keyword', -- the verb of a change
  ['type.string'] = 'String',
  ['type.number'] = 'Number',
  ['type.operator'] = 'Operator',
  ['type.parameter'] = 'Special',
  ['type.comment'] = 'Comment',
}
