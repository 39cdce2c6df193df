[(header) (scene) (shot) (edit) (angle) (coverage)] @fold
