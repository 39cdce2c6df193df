"""From the syntax tree to the storyboard: names, parameters, scopes, terms; no provider yet."""
