;;; emacs.el --- Drives Emacs through the scenario -*- lexical-binding: t; -*-

;; PROMPTLANG_PLAN names the plan, PROMPTLANG_ROWS where to tell.  Commands are
;; called as a person does, and what they show is waited for.  One JSON object a
;; line comes out: what each step showed.

(require 'eglot)
(require 'json)

(defconst plan
  (let ((json-object-type 'alist) (json-array-type 'list) (json-false nil))
    (json-read-file (getenv "PROMPTLANG_PLAN"))))

(defconst patience 20)

(defun the (name value) (alist-get name value))

(defun tell (row)
  (write-region (concat (json-encode row) "\n") nil (getenv "PROMPTLANG_ROWS") t 'quiet))

;; Emacs counts lines from 1 and columns in characters, the plan from 0 and in
;; units of UTF-16.
(defun go (at)
  (goto-char (point-min))
  (forward-line (the 'line at))
  (let ((units (the 'character at)))
    (while (> units 0)
      (setq units (- units (if (> (char-after) #xffff) 2 1)))
      (forward-char))))

(defun place ()
  (let ((before (buffer-substring-no-properties (line-beginning-position) (point))))
    `((line . ,(1- (line-number-at-pos)))
      (character . ,(/ (length (encode-coding-string before 'utf-16le)) 2)))))

(defun text () (buffer-substring-no-properties (point-min) (point-max)))

(defun await (what is-so)
  "Let the editor go on until something is so."
  (let ((until (+ (float-time) patience)) found)
    (while (not (setq found (funcall is-so)))
      (when (> (float-time) until)
        (error "%s does not come; the script says\n%s" what (text)))
      (accept-process-output nil 0.02))
    found))

(defun errors ()
  (let (found)
    (dolist (d (flymake-diagnostics) (nreverse found))
      (let ((told (alist-get 'eglot-lsp-diag (flymake-diagnostic-data d))))
        (when (equal 1 (plist-get told :severity))
          (push (plist-get told :code) found))))))

(defun choose (words)
  "Return what chooses the first that holds WORDS where Emacs asks."
  (lambda (_prompt collection &rest _)
    (or (seq-find (lambda (item) (string-search words item)) (all-completions "" collection))
        (error "only offered: %s" (all-completions "" collection)))))

(defun diagnose (step)
  (await "diagnostics"
         (lambda ()
           ;; Changes are sent and looked at when a person rests, who is not there in batch.
           (eglot--signal-textDocument/didChange)
           (flymake-start)
           (equal (errors) (the 'shows step))))
  `((shows . ,(vconcat (errors)))))

(defun complete (step)
  (go (the 'at step))
  (insert (the 'says step))
  (let* ((item (car (the 'shows step)))
         (found (run-hook-with-args-until-success 'completion-at-point-functions))
         (offered (all-completions
                   (buffer-substring (nth 0 found) (nth 1 found)) (nth 2 found))))
    (unless (member item (mapcar #'substring-no-properties offered))
      (error "only offered: %s" offered))
    (completion-at-point)
    `((shows . [,item]))))

(defun hover (step)
  (go (the 'at step))
  (let ((words (car (the 'shows step))))
    (eldoc-print-current-symbol-info t)
    (await "documentation"
           (lambda ()
             (seq-some (lambda (buffer)
                         (and (string-search "*eldoc" (buffer-name buffer))
                              (with-current-buffer buffer
                                (string-search words (buffer-string)))))
                       (buffer-list))))
    `((shows . [,words]))))

(defun jump (step)
  (go (the 'at step))
  (call-interactively #'xref-find-definitions)
  `((to . ,(place))))

(defun rename (step)
  (go (the 'at step))
  (eglot-rename (the 'says step))
  nil)

(defun format-script (_) (eglot-format-buffer) nil)

(defun fix (step)
  (go (the 'at step))
  (let ((completing-read-function (choose (the 'says step)))
        ;; Without an event Emacs believes that the mouse was used, and opens a menu.
        (last-nonmenu-event ?a))
    (call-interactively #'eglot-code-actions))
  nil)

(defconst steps
  '(("diagnose" . diagnose) ("complete" . complete) ("hover" . hover) ("jump" . jump)
    ("rename" . rename) ("format" . format-script) ("fix" . fix)))

(defconst faces
  '((promptlang-shot-heading . heading) (promptlang-shot-key . key)
    (promptlang-shot-ref . name) (promptlang-shot-transition . transition)
    (font-lock-comment-face . comment) (font-lock-comment-delimiter-face . comment)))

(defun colours ()
  "Return what the first word of each line is coloured as."
  (with-temp-buffer
    (insert (string-join (the 'lines plan) "\n"))
    (promptlang-shot-mode)
    (font-lock-ensure)
    (goto-char (point-min))
    (let (found)
      (dolist (_ (the 'lines plan) (vconcat (nreverse found)))
        (skip-chars-forward " \t\u00a0\u3000+＋")
        (let ((face (get-text-property (point) 'face)))
          (push (alist-get (if (consp face) (car face) face) faces 'other) found))
        (forward-line)))))

(defun keeps (what change)
  "Complain if CHANGE leaves another text."
  (let ((before (text)))
    (funcall change)
    (unless (equal before (text))
      (error "%s makes of the script\n%s" what (text)))))

(defun drive ()
  (find-file (the 'script plan))
  (let ((eglot-sync-connect patience))
    (call-interactively #'eglot))
  (dolist (step (the 'steps plan))
    (let* ((began (float-time))
           (does (the 'does step))
           (row (funcall (cdr (assoc does steps)) step)))
      (await (concat does " in the script") (lambda () (equal (text) (the 'text step))))
      (tell `((does . ,does) ,@row
              (milliseconds . ,(round (* 1000 (- (float-time) began))))))))
  (keeps "indentation" (lambda () (indent-region (point-min) (point-max))))
  (keeps "a comment and back"
         (lambda ()
           (comment-region (point-min) (point-max))
           (uncomment-region (point-min) (point-max))))
  (save-buffer)
  (tell '((does . "save")))
  (tell `((does . "colours") (lines . ,(colours))))
  (eglot-shutdown (eglot-current-server)))

(setq make-backup-files nil
      auto-save-default nil
      eglot-confirm-server-initiated-edits nil
      native-comp-deferred-compilation nil)

(condition-case problem (drive)
  (error
   (tell `((does . "failed") (message . ,(error-message-string problem))))
   (kill-emacs 1)))
