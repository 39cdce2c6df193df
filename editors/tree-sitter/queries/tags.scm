; What a code index lists: what is declared, made by a block, and pointed at.
(declaration name: (name) @name) @definition.class
(parameter name: (name) @name) @definition.constant
(shot_heading output: (name) @name) @definition.class
(edit_heading output: (name) @name) @definition.class
(angle_heading output: (name) @name) @definition.class
(coverage_heading output: (name) @name) @definition.class
(scene_heading output: (name) @name) @definition.class
(shot_heading label: (text) @name) @definition.function
(angle_heading label: (text) @name) @definition.function
(coverage_heading label: (text) @name) @definition.function
(ref (name) @name) @reference.class
