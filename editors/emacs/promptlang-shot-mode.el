;;; promptlang-shot-mode.el --- Scripts for AI video, with their language server -*- lexical-binding: t; -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages, multimedia
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; A .shot script describes a short film, an edit or extra coverage the way a
;; shot list does.  This mode colours it, knows its comments, indentation and
;; outline, and tells Eglot where the language server is:
;;
;;     pip install 'promptlang-shot[lsp]'
;;
;; Then `M-x eglot', or (add-hook 'promptlang-shot-mode-hook #'eglot-ensure).

;;; Code:

(defvar eglot-server-programs)

(defgroup promptlang-shot nil
  "Scripts for AI video."
  :group 'languages
  :prefix "promptlang-shot-")

(defcustom promptlang-shot-server-command '("promptlang" "lsp")
  "What starts the language server."
  :type '(repeat string))

(defcustom promptlang-shot-indent-offset 2
  "How far what belongs to a shot is indented; the formatter takes 2."
  :type 'natnum
  :safe #'natnump)

;;;; Colours

(defface promptlang-shot-heading '((t :inherit font-lock-keyword-face))
  "Face for the words that begin a shot, an edit or a scene.")
(defface promptlang-shot-label '((t :inherit font-lock-function-name-face))
  "Face for the label of a shot, and for what it makes.")
(defface promptlang-shot-place '((t :inherit font-lock-string-face))
  "Face for the place and time of a scene.")
(defface promptlang-shot-camera '((t :inherit font-lock-constant-face))
  "Face for camera terms.")
(defface promptlang-shot-length '((t :inherit font-lock-constant-face))
  "Face for durations.")
(defface promptlang-shot-transition '((t :inherit font-lock-preprocessor-face))
  "Face for transitions.")
(defface promptlang-shot-key '((t :inherit font-lock-builtin-face))
  "Face for keys of settings and fields.")
(defface promptlang-shot-kind '((t :inherit font-lock-type-face))
  "Face for the kind of a declaration.")
(defface promptlang-shot-ref '((t :inherit font-lock-variable-name-face))
  "Face for names with their @.")
(defface promptlang-shot-parameter '((t :inherit font-lock-preprocessor-face))
  "Face for parameters in braces.")

(eval-and-compile
  (defconst promptlang-shot--keys
    '("title" "aspect" "resolution" "language" "include" "duration" "target"
      "cfg" "seed" "audio" "takes" "negative" "environment" "style" "mood"
      "lighting" "sound" "music" "camera" "action" "voiceover" "super" "start"
      "end" "motion" "using" "keep" "note"))
  (defconst promptlang-shot--kinds
    '("audio" "character" "creature" "element" "image" "place" "product" "prop"
      "style" "vehicle" "video" "voice" "wardrobe"))

  (rx-define promptlang-shot-blanks (* blank))
  (rx-define promptlang-shot-at (any "@＠"))
  (rx-define promptlang-shot-name
    (+ (not (any "\0-/" ":-@" "[-^" "`" "{-\u00a0" "：（），、＝＠＞＃＋"))))
  (rx-define promptlang-shot-dash (or (** 1 3 "-") "–" "—"))
  ;; What ends a word that begins a shot: only then it is no word of prose.
  (rx-define promptlang-shot-ends
    (or (seq promptlang-shot-blanks (or eol (any ":：(（")))
        (seq (+ blank) (or (seq (any "#＃") (or blank eol))
                           (seq promptlang-shot-dash blank)
                           (seq "as" (+ blank) promptlang-shot-at)))))
  (rx-define promptlang-shot-label-word
    (+ (not (any blank "\n:：(（@＠\"“„«「『"))))
  (rx-define promptlang-shot-heading
    (seq bol promptlang-shot-blanks
         (or (group-n 1 "edit" (+ blank)) (group-n 1 "angle" (+ blank) "on" (* blank))
             (group-n 1 "coverage" (+ blank) (? "of" (* blank))))
         promptlang-shot-at))
  (rx-define promptlang-shot-bare-heading
    (seq bol promptlang-shot-blanks (group-n 1 (or "shot" "coverage"))
         (or promptlang-shot-ends
             (seq (+ blank)
                  (group-n 2 (* (not (any blank "\n:：(（@＠\"")))
                           (any digit "{") (* (not (any blank "\n:：(（@＠\"")))))
             (seq (+ blank) (group-n 2 promptlang-shot-label-word)
                  promptlang-shot-ends))))
  (rx-define promptlang-shot-scene
    (seq bol promptlang-shot-blanks
         (group-n 1 (or (seq (or "int" "ext" "est") "." (? "/" (or "int" "ext") "."))
                        (seq (or "int/ext" "ext/int" "i/e") (or "." (+ blank)))
                        (seq "scene" promptlang-shot-blanks (any ":："))))))
  (rx-define promptlang-shot-declaration
    (seq bol promptlang-shot-blanks
         (group-n 1 promptlang-shot-at (+ (not (any blank "\n=＝:：(（\"@＠"))))
         promptlang-shot-blanks (any "=＝"))))

(defconst promptlang-shot--heading-rx
  (rx (or promptlang-shot-heading promptlang-shot-bare-heading)))

(defconst promptlang-shot--top-rx
  (rx (or promptlang-shot-heading promptlang-shot-bare-heading promptlang-shot-scene
          promptlang-shot-declaration (seq bol promptlang-shot-blanks (any ">＞"))))
  "What stands at the margin.")

(defconst promptlang-shot--in-heading
  `((,(rx (any "(（") promptlang-shot-blanks (group digit (* (any digit ".,:")) promptlang-shot-blanks
          (? (or "s" "sec" "secs" "second" "seconds"))) promptlang-shot-blanks (any ")）"))
     (goto-char (match-end 1)) nil (1 'promptlang-shot-length t))
    (,(rx blank (group "as") (+ blank) (group promptlang-shot-at promptlang-shot-name))
     (goto-char (match-end 1)) nil (1 'promptlang-shot-heading) (2 'promptlang-shot-label))
    (,(rx (any ":：") (group (* nonl)))
     (goto-char (match-end 1)) nil (1 'promptlang-shot-camera keep)))
  "What a heading holds, looked for behind its first word.")

(defconst promptlang-shot--font-lock
  `(;; Quotes and names stand out in every line, so that they come first.
    (,(rx (or (seq "\"" (* (or (seq "\\" nonl) (not (any "\"\\\n")))) "\"")
              (seq "“" (* (not (any "”\n"))) "”") (seq "„" (* (not (any "“”\n"))) (any "“”"))
              (seq "«" (* (not (any "»\n"))) "»") (seq "「" (* (not (any "」\n"))) "」")
              (seq "『" (* (not (any "』\n"))) "』")))
     0 'font-lock-string-face)
    (,(rx "{" (+ (not (any blank "{}\n"))) "}") 0 'promptlang-shot-parameter t)
    (,(rx (or bol (not (any "A-Za-z0-9._+\\-")))
          (group promptlang-shot-at promptlang-shot-name))
     1 'promptlang-shot-ref keep)
    (,(rx bol promptlang-shot-blanks (? (any "+＋") promptlang-shot-blanks)
          (group (eval `(or ,@promptlang-shot--keys)))
          promptlang-shot-blanks
          (? (any "(（") (* (not (any ")）#\n"))) (any ")）") promptlang-shot-blanks)
          (any ":："))
     1 'promptlang-shot-key)
    (,(rx bol promptlang-shot-blanks (? (any "+＋") promptlang-shot-blanks)
          "camera" promptlang-shot-blanks (any ":：") (group (* nonl)))
     1 'promptlang-shot-camera keep)
    (,(rx bol promptlang-shot-blanks
          (group (any "a-z") (+ (any "a-z0-9_-")) "." (+ (any "A-Za-z0-9_.")))
          promptlang-shot-blanks (or "：" (seq ":" (or blank eol))))
     1 'promptlang-shot-key)
    (,(rx promptlang-shot-declaration promptlang-shot-blanks
          (group-n 2 (eval `(or ,@promptlang-shot--kinds))) symbol-end)
     2 'promptlang-shot-kind)
    (,(rx bol promptlang-shot-blanks (group (any ">＞") (* nonl)))
     1 'promptlang-shot-transition keep)
    (,(rx promptlang-shot-scene (group-n 2 (* nonl)))
     (1 'promptlang-shot-heading) (2 'promptlang-shot-place keep))
    (,(rx promptlang-shot-heading) (1 'promptlang-shot-heading)
     ,@promptlang-shot--in-heading)
    (promptlang-shot--match-edit (1 'promptlang-shot-heading)
     ,@promptlang-shot--in-heading)
    (,(rx promptlang-shot-bare-heading)
     (1 'promptlang-shot-heading) (2 'promptlang-shot-label nil t)
     ,@promptlang-shot--in-heading))
  "Colours by the beginnings of lines; case counts nowhere.")

(defun promptlang-shot--match-edit (limit)
  "Find an EDIT with its name behind it at once before LIMIT.
In small letters that is an address."
  (let ((case-fold-search nil))
    (re-search-forward (rx bol promptlang-shot-blanks (group "EDIT") promptlang-shot-at)
                       limit t)))

;;;; Comments

(defun promptlang-shot--quoted-p (place)
  "Return whether PLACE is between two quotes of its line."
  (save-excursion
    (goto-char place)
    (let ((before (count-matches "\"" (line-beginning-position) place))
          (after (count-matches "\"" place (line-end-position))))
      (and (= 1 (% before 2)) (> after 0)))))

(defun promptlang-shot--propertize (start end)
  "Mark what begins a comment between START and END: a # with blanks around it."
  (goto-char start)
  (while (re-search-forward
          (rx (or (seq bol (* blank) (group-n 1 (any "#＃")))
                  (seq blank (group-n 1 (any "#＃")) (or blank eol))))
          end t)
    (let ((place (match-beginning 1)))
      (unless (save-match-data (promptlang-shot--quoted-p place))
        (put-text-property place (1+ place) 'syntax-table (string-to-syntax "<")))
      (goto-char (min end (1+ place))))))

(defvar promptlang-shot-mode-syntax-table
  (let ((table (make-syntax-table)))
    ;; An inch or a lone quote in prose must not open a string.
    (modify-syntax-entry ?\" "." table)
    (modify-syntax-entry ?@ "_" table)
    (modify-syntax-entry ?_ "_" table)
    (modify-syntax-entry ?\n ">" table)
    table)
  "What characters are in a script.")

;;;; Indentation

(defun promptlang-shot-indent-line ()
  "Indent a line: headings to the margin, what belongs to a shot below it."
  (interactive)
  (let* ((case-fold-search t)
         (column
          (save-excursion
            (beginning-of-line)
            (cond ((looking-at promptlang-shot--top-rx) 0)
                  ((not (re-search-backward (rx bol (* blank) (not (any blank "\n#＃"))) nil t)) 0)
                  ((looking-at promptlang-shot--heading-rx) promptlang-shot-indent-offset)
                  (t (current-indentation))))))
    (if (<= (current-column) (current-indentation))
        (indent-line-to column)
      (save-excursion (indent-line-to column)))))

;;;; The mode

;;;###autoload
(define-derived-mode promptlang-shot-mode prog-mode "Shot"
  "Major mode for .shot scripts: films written like a shot list.

\\{promptlang-shot-mode-map}"
  (setq-local comment-start "# "
              comment-start-skip "[#＃]+\\s-*"
              comment-end "")
  (setq-local syntax-propertize-function #'promptlang-shot--propertize)
  (setq-local font-lock-defaults '(promptlang-shot--font-lock nil t))
  (setq-local indent-line-function #'promptlang-shot-indent-line
              indent-tabs-mode nil)
  (setq-local outline-regexp promptlang-shot--heading-rx)
  (setq-local imenu-case-fold-search t
              imenu-generic-expression
              `(("Shots" ,(rx (group-n 3 (or promptlang-shot-heading promptlang-shot-bare-heading)
                                       (* nonl)))
                 3)
                ("Scenes" ,(rx (group-n 3 promptlang-shot-scene (* nonl))) 3)
                ("Names" ,(rx promptlang-shot-declaration) 1)))
  ;; A line is what it begins with, so that none may be broken: long ones are
  ;; wrapped on the screen.  Scripts are written in any direction.
  (setq-local normal-auto-fill-function #'ignore
              fill-paragraph-function #'always
              truncate-lines nil
              word-wrap t
              bidi-paragraph-direction nil))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\.shot\\'" . promptlang-shot-mode))

;;;; Eglot

(defun promptlang-shot--contact (&rest _)
  "Return the command of the language server."
  promptlang-shot-server-command)

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '((promptlang-shot-mode :language-id "promptlang-shot")
                 . promptlang-shot--contact)))

(provide 'promptlang-shot-mode)
;;; promptlang-shot-mode.el ends here
