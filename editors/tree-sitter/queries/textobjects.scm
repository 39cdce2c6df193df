; Blocks and comments. Helix asks for around and inside, Neovim for outer and inner.
(shot) @function.around @function.outer
(edit) @function.around @function.outer
(angle) @function.around @function.outer
(coverage) @function.around @function.outer
(shot (shot_heading) (_)+ @function.inside @function.inner)
(edit (edit_heading) (_)+ @function.inside @function.inner)
(angle (angle_heading) (_)+ @function.inside @function.inner)
(coverage (coverage_heading) (_)+ @function.inside @function.inner)

(scene) @class.around @class.outer
(scene (scene_heading) (_)+ @class.inside @class.inner)

(comment) @comment.around @comment.outer
(comment) @comment.inside @comment.inner
