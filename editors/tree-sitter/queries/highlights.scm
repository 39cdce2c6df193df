; Names of captures that Neovim and Helix both know.

(comment) @comment

["SHOT" "EDIT" "ANGLE" "ON" "COVERAGE" "OF" "AS" "voice" "to"] @keyword
(prefix) @keyword
(key) @tag
(provider) @tag
(path) @tag
(kind) @type

(name) @constant
(ref "@" @constant)
(declaration "@" @constant)
(parameter name: (name) @variable.parameter)
(param) @variable.parameter
(escape) @constant.character.escape

(quoted) @string
(duration) @constant.numeric
(shot_heading label: (text) @label)
(angle_heading label: (text) @label)
(coverage_heading label: (text) @label)
(shot_heading terms: (text) @function)
(angle_heading terms: (text) @function)
(coverage_heading terms: (text) @function)
(scene_heading places: (text) @markup.heading)
(transition body: (text) @function)
(dialogue manner: (text) @markup.italic)
(field manner: (text) @markup.italic)

[">" "=" "+"] @operator
[":" "."] @punctuation.delimiter
["(" ")" "{" "}"] @punctuation.bracket

(junk) @error
