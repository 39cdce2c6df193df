; The lines of a block stand two blanks in, those of a header or scene do not.
; Helix reads the first name, Neovim the second.
[(shot) (edit) (angle) (coverage)] @indent @indent.begin
