/**
 * The `.shot` language. What a line is, `src/scanner.c` says, with a table made from
 * `grammar/shot.lark`; here stands what is inside of a line. Node names and fields are those of
 * `promptlang/syntax/ast.py`. The grammar is total: what does not fit is `junk` in its own line.
 */

/// <reference types="tree-sitter-cli/dsl" />
// @ts-check

// ---- characters: those of promptlang/syntax/chars.py ----

const BLANK =
  "\\t\\x0b\\x0c\\x1c-\\x1f \\x{85}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}";
const QUOTES = '"“”„«»「」『』';
const LETTER = "\\p{L}\\p{Nl}\\p{No}";
const IN_NAME = "\\p{L}\\p{N}\\p{M}_";
const WIDE = "&&[^\\x00-\\x7f]";
const LABEL = `^${BLANK}\\r\\n:：(（@＠"“„«「『{\\\\`;
const DASH = /-{1,3}|[–—]/;

const re = (text) => new RustRegex(text);
const blanks = `[${BLANK}]*`;

/** A set of characters. What tree-sitter leaves out of a set that holds an s or a k is added. */
const set = (members) => choice(re(`[${members}]`), /[\u017f\u212a]/);

const NAME = seq(re("[\\p{Nd}_]*"), set(LETTER), repeat(set(IN_NAME)));

/** A word in any case. */
const word = (text) => [...text].map((c) => `[${c}${c.toUpperCase()}]`).join("");
const words = (...all) => re(all.map(word).join("|"));

/** A number of at most nine digits that is above zero. */
const ABOVE_ZERO = [...Array(9).keys()].map((k) => `0{${k}}[1-9][0-9]{0,${8 - k}}`).join("|");
const FRACTION = "(?:[.,][0-9]{1,9})?";
const UNIT = `${blanks}(?:[sS](?:[eE][cC](?:[oO][nN][dD])?[sS]?)?)`;
const NUMBER = `(?:(?:${ABOVE_ZERO})${FRACTION}|0{1,9}[.,](?:${ABOVE_ZERO}))`;
const CLOCK = `[0-9]{1,7}[:：][0-5][0-9]${FRACTION}`;
const CLOCK_ABOVE_ZERO =
  `(?:0{0,6}[1-9][0-9]{0,6}[:：][0-5][0-9]${FRACTION}|0{1,7}[:：](?:0[1-9]|[1-5][0-9])${FRACTION}` +
  `|0{1,7}[:：]00[.,](?:${ABOVE_ZERO}))`;

/**
 * Words up to the next character that means something. A blank is part of it only between two
 * words, and a `#` only within one: behind a blank it may begin a comment.
 */
const chunk = (special, { refs = false, one = false } = {}) => {
  const not = `^${special}${BLANK}\\r\\n${refs ? "@＠A-Za-z0-9._+\\-" : ""}`;
  // Behind these no ref begins, so the @ of an e-mail address is a character like another.
  const blocking = refs ? [re("[A-Za-z0-9._+\\-][@＠]?")] : [];
  const run = seq(choice(set(`${not}#＃`), ...blocking), repeat(choice(set(not), ...blocking)));
  return token(one ? run : seq(run, repeat(seq(re(`[${BLANK}]+`), run))));
};

// ---- pieces ----

const anyRef = ($) => choice(alias($._ref, $.ref), alias($._wide_ref, $.ref));

const escapedMark = ($) => seq($._quote_escaped, alias($._escaped_mark, $.escape));

/** A quote opens only where it is closed on its line; what stands inside hides no comment. */
const quotes = ($) =>
  choice(
    seq($._quote_opens, $._quote),
    seq($._quote_closes, $._quote),
    seq(optional($._quote_stray), $._quote),
    escapedMark($),
  );

const escapes = ($) => [$.escape, alias($._two_signs, $.escape), $._backslash, $._sign];

const plainPieces = ($) => [$.param, $._brace, quotes($), ...escapes($)];

/** An @ right behind a letter or a backslash is part of an address. */
const mayStick = ($, rule) => seq(rule, optional(seq($._stuck_ahead, $._at)));

const pieces = ($) => [
  mayStick($, alias($._ref, $.ref)),
  alias($._wide_ref, $.ref),
  $._at,
  $.param,
  $._brace,
  $.escape,
  mayStick($, alias($._two_signs, $.escape)),
  $._backslash,
  $._sign,
];

const refPieces = ($) => [...pieces($), quotes($)];

/** What stands where no quote can open. */
const insidePieces = ($) => [...pieces($), $._quote, escapedMark($)];

/** A text, which is called so wherever it stands. */
const text = (rule, $) => alias(rule, $.text);

const insideQuotes = ($, opens) =>
  seq(opens, alias($._quote, '"'), repeat($._inside), $._quote_closes, alias($._quote, '"'));
const quoted = ($) => alias($._quoted, $.quoted);
const wholeQuoted = ($) => alias($._whole_quoted, $.quoted);

const key = (rule, $) => field("key", alias(rule, $.key));

const value = ($, rule) =>
  choice(seq(alias($._colon, ":"), optional(field("value", text(rule, $)))), $.junk);

const heading = ($, head, near, ...insides) => choice(seq(head, ...insides), seq(near, $.junk));

/** What may end a heading: a length and `AS @name` in either order, then the terms. */
const tail = ($) =>
  choice(
    seq(optional($._output), choice($._open_terms, optional($.junk))),
    seq($._length, optional($._output), choice($._terms, optional($.junk))),
    seq($._output, $._length, choice($._terms, optional($.junk))),
  );

const behindSource = ($) =>
  choice(seq(optional($._label), tail($)), seq(alias($._glued, $.junk), optional($.junk)));

const block = ($, head) => seq(field("heading", head), $._behind, repeat($._line));

export default grammar({
  name: "shot",

  extras: (_) => [re(`[${BLANK}]`)],

  // The order is that of `enum Symbol` in src/scanner.c.
  externals: ($) => [
    // What a line is, without any of its characters.
    $._prose_line,
    $._comment_line,
    $._escaped_line,
    $._transition_line,
    $._declaration_line,
    $._parameter_line,
    $._dialogue_line,
    $._field_line,
    $._provider_field_line,
    $._unknown_field_line,
    $._shot_line,
    $._edit_line,
    $._angle_line,
    $._coverage_line,
    $._scene_line,
    $._bare_scene_line,
    $._near_shot_line,
    $._near_edit_line,
    $._near_angle_line,
    $._near_coverage_line,
    $._near_scene_line,
    // What stands ahead, again without any of its characters.
    $._comment_ahead,
    $._ref_ahead,
    $._stuck_ahead,
    $._dash_ahead,
    $._break_ahead,
    $._as_ahead,
    $._last_length,
    $._first_length,
    $._end_ahead,
    $._whole_quote,
    $._quote_opens,
    $._quote_closes,
    $._quote_escaped,
    $._quote_stray,
    // The end of a line and the empty lines behind it.
    $._end,
    $._error,
  ],

  rules: {
    script: ($) => seq(optional($._end), optional($.header), repeat($._block)),

    header: ($) => repeat1($._line),

    _block: ($) => choice($.scene, $.shot, $.edit, $.angle, $.coverage),
    scene: ($) => block($, $.scene_heading),
    shot: ($) => block($, $.shot_heading),
    edit: ($) => block($, $.edit_heading),
    angle: ($) => block($, $.angle_heading),
    coverage: ($) => block($, $.coverage_heading),

    _line: ($) =>
      choice(
        seq($._comment_line, $.comment, $._end),
        seq(
          choice(
            $.declaration,
            $.parameter,
            $.transition,
            $.dialogue,
            $.field,
            $.provider_field,
            $.prose,
          ),
          $._behind,
        ),
      ),
    _behind: ($) => seq(optional(seq($._comment_ahead, $.comment)), $._end),

    comment: ($) => seq($._comment_text, repeat(seq($._nul, optional($._comment_more)))),

    // ---- headings ----

    shot_heading: ($) =>
      heading(
        $,
        $._shot_line,
        $._near_shot_line,
        alias($._word_shot, "SHOT"),
        optional($._label),
        tail($),
      ),

    edit_heading: ($) =>
      heading(
        $,
        $._edit_line,
        $._near_edit_line,
        alias($._word_edit, "EDIT"),
        optional(choice(seq($._sources, tail($)), $.junk)),
      ),
    _sources: ($) =>
      seq(
        field("sources", anyRef($)),
        repeat(seq($._comma, field("sources", anyRef($)))),
        optional(alias($._comma, $.junk)),
      ),

    angle_heading: ($) =>
      heading(
        $,
        $._angle_line,
        $._near_angle_line,
        alias($._word_angle, "ANGLE"),
        alias($._word_on, "ON"),
        optional(choice(seq(field("source", anyRef($)), behindSource($)), $.junk)),
      ),

    coverage_heading: ($) =>
      heading(
        $,
        $._coverage_line,
        $._near_coverage_line,
        alias($._word_coverage, "COVERAGE"),
        choice(
          seq(optional(alias($._word_of, "OF")), field("image", anyRef($)), behindSource($)),
          seq(optional(choice($._label, field("label", text($._of_label, $)))), tail($)),
        ),
      ),
    _of_label: ($) => prec.right(seq($._word_of, repeat($._label_piece))),

    scene_heading: ($) =>
      choice(
        seq(
          choice(
            seq($._scene_line, field("prefix", $.prefix)),
            seq($._bare_scene_line, field("prefix", alias($._bare_prefix, $.prefix))),
          ),
          choice(
            seq(
              field("places", text($._place, $)),
              repeat(seq($._break_ahead, $._dash, field("places", text($._place, $)))),
              optional(choice($._scene_output, seq($._break_ahead, $._dash, $._scene_output))),
            ),
            $._scene_output,
          ),
        ),
        seq($._scene_line, alias($.prefix, $.junk)),
        seq($._bare_scene_line, alias($._bare_prefix, $.junk)),
        seq($._near_scene_line, $.junk),
      ),
    _place: ($) => repeat1(choice($._place_word, ...refPieces($))),
    _scene_output: ($) =>
      seq($._as_ahead, alias($._word_as, "AS"), alias($._at, "@"), field("output", $.name)),

    _label: ($) =>
      choice(
        field("label", text($._label_text, $)),
        field("label", text($._as_label, $)),
        alias($._label_length, $.junk),
      ),
    _label_text: ($) =>
      prec.right(
        seq(
          choice(
            $._label_chunk,
            $.param,
            $._brace,
            $.escape,
            alias($._two_signs, $.escape),
            $._backslash,
          ),
          repeat($._label_piece),
        ),
      ),
    _as_label: ($) => prec.right(1, seq($._word_as, repeat($._label_piece))),
    _label_piece: ($) =>
      choice(
        $._label_more,
        alias($._param_more, $.param),
        $._brace_more,
        alias($._escape_more, $.escape),
        $._backslash_more,
      ),

    _output: ($) =>
      choice(
        seq(alias($._word_as, "AS"), alias($._at, "@"), field("output", $.name)),
        seq(alias($._word_as, "AS"), alias($._at, $.junk)),
        alias($._word_as, $.junk),
      ),

    _length: ($) =>
      choice(
        seq(
          alias($._open, "("),
          choice(field("duration", $.duration), alias($._no_length, $.junk)),
          alias($._close, ")"),
        ),
        alias($._empty_length, $.junk),
        alias($._open_length, $.junk),
      ),
    duration: ($) =>
      prec.right(
        1,
        choice(
          $._above_zero,
          seq(repeat($._length_piece), $.param, repeat(choice($._length_piece, $.param))),
        ),
      ),
    _no_length: ($) => prec.right(repeat1($._length_piece)),
    _length_piece: ($) => choice($._above_zero, $._length_chunk, $._brace, $._quote, ...escapes($)),
    _empty_length: ($) => seq($._open, $._close),
    _open_length: ($) => prec.right(-1, seq($._open, optional(choice($.duration, $._no_length)))),

    _terms: ($) => seq($._mark, optional(field("terms", text($._terms_text, $)))),
    _open_terms: ($) =>
      seq(
        $._mark,
        choice(
          seq(
            optional(field("terms", text($._terms_text, $))),
            optional(seq($._last_length, $._bracket)),
          ),
          seq($._first_length, $._bracket, optional(field("terms", text($._terms_text, $)))),
        ),
      ),
    _bracket: ($) =>
      seq(
        alias($._open, "("),
        field("duration", alias($._length_alone, $.duration)),
        alias($._close, ")"),
      ),
    _length_alone: ($) => $._above_zero,
    _mark: ($) => choice(alias($._colon, ":"), seq($._dash_ahead, $._dash)),
    _terms_text: ($) => repeat1(choice($._terms_chunk, alias($._open, "("), ...refPieces($))),

    // ---- lines of text ----

    declaration: ($) =>
      seq(
        $._declaration_line,
        alias($._at, "@"),
        choice(
          seq(
            choice(field("name", $.name), alias($._no_name, $.junk)),
            choice(
              seq(alias($._equals, "="), $._declared),
              seq(alias($._equals, $.junk), optional($.junk)),
              $.junk,
            ),
          ),
          $.junk,
        ),
      ),
    _declared: ($) =>
      seq(
        choice(field("element_kind", $.kind), alias($._no_kind, $.junk)),
        repeat($._file),
        optional(seq($._voice, repeat($._file))),
        optional(
          choice(
            seq(alias($._colon, ":"), optional(field("description", text($._text, $)))),
            alias($._rest, $.junk),
          ),
        ),
      ),
    _file: ($) => seq(field("files", $.file), optional($._comma)),
    _half_stretch: ($) => seq($._point, optional($._to)),
    file: ($) =>
      seq(
        field("path", quoted($)),
        optional(
          choice(
            seq(
              field("since", alias($._point, $.duration)),
              $._to,
              field("until", alias($._point, $.duration)),
            ),
            alias($._half_stretch, $.junk),
          ),
        ),
      ),
    _point: ($) => choice($._time, seq($.param, optional($._unit))),
    _voice: ($) =>
      prec.right(
        choice(
          seq(
            alias($._word_voice, "voice"),
            field("voice", choice(anyRef($), quoted($))),
            optional($._comma),
          ),
          alias($._word_voice, $.junk),
        ),
      ),

    parameter: ($) =>
      seq(
        $._parameter_line,
        alias($._brace, "{"),
        choice(
          seq(
            choice(field("name", $.name), alias($._no_parameter, $.junk)),
            choice(
              seq(
                "}",
                alias($._equals, "="),
                optional(
                  choice(
                    seq(field("default", quoted($)), optional($.junk)),
                    alias($._rest, $.junk),
                  ),
                ),
              ),
              $.junk,
            ),
          ),
          $.junk,
        ),
      ),

    transition: ($) =>
      seq(
        $._transition_line,
        choice(
          seq(
            alias($._angle_mark, ">"),
            choice(
              field("body", alias($._quoted_phrase, $.quoted)),
              seq(
                field("body", text($._transition_text, $)),
                optional(seq($._end_ahead, $._points)),
              ),
              alias($._only_points, $.junk),
            ),
          ),
          alias($._angle_mark, $.junk),
        ),
      ),
    _only_points: ($) => seq($._end_ahead, $._points),
    _transition_text: ($) => repeat1(choice($._transition_chunk, $._points, ...refPieces($))),

    dialogue: ($) =>
      seq(
        $._dialogue_line,
        field("speaker", anyRef($)),
        optional($._manner),
        choice(
          seq(
            alias($._colon, ":"),
            choice(seq(field("speech", quoted($)), optional($.junk)), alias($._rest, $.junk)),
          ),
          alias($._colon, $.junk),
          $.junk,
        ),
      ),
    _manner: ($) =>
      seq(
        alias($._open, "("),
        optional(field("manner", text($._manner_text, $))),
        alias($._close, ")"),
      ),
    _manner_text: ($) => repeat1(choice($._manner_chunk, $._between, ...insidePieces($))),

    field: ($) =>
      choice(
        seq(
          $._field_line,
          optional(alias($._plus, "+")),
          choice(
            seq(key($._key_of_text, $), value($, $._text)),
            seq(key($._key_of_value, $), value($, $._plain)),
            seq(key($._key_of_note, $), value($, $._note)),
            seq(
              key($._key_of_speech, $),
              optional($._manner),
              choice(seq(alias($._colon, ":"), optional($._spoken)), $.junk),
            ),
          ),
        ),
        seq(
          $._unknown_field_line,
          optional(alias($._plus, "+")),
          alias($._no_key, $.junk),
          value($, $._text),
        ),
      ),
    _spoken: ($) =>
      choice(
        field("value", wholeQuoted($)),
        seq(field("value", text($._none, $)), optional($.junk)),
        seq(field("value", text($._params, $)), optional($.junk)),
        $.junk,
      ),
    _none: ($) => $._word_none,
    _params: ($) => repeat1($.param),

    provider_field: ($) =>
      seq(
        $._provider_field_line,
        field("provider", $.provider),
        alias($._dot, "."),
        field("path", $.path),
        value($, $._plain),
      ),

    prose: ($) =>
      choice(
        seq($._prose_line, field("body", text($._text, $))),
        seq($._escaped_line, field("body", text($._escaped_text, $))),
      ),

    // ---- texts ----

    _text: ($) => repeat1(choice($._chunk, ...refPieces($))),
    _escaped_text: ($) =>
      seq(
        choice($.escape, mayStick($, alias($._two_signs, $.escape)), alias($._backslash, $.escape)),
        repeat(choice($._chunk, ...refPieces($))),
      ),
    _plain: ($) => repeat1(choice($._plain_chunk, ...plainPieces($))),
    _note: ($) => repeat1(choice($._note_chunk, quotes($), ...escapes($))),

    _quoted: ($) => insideQuotes($, $._quote_opens),
    _whole_quoted: ($) => insideQuotes($, $._whole_quote),
    _quoted_phrase: ($) =>
      seq(
        $._whole_quote,
        alias($._quote, '"'),
        optional($._phrase),
        $._quote_closes,
        alias($._quote, '"'),
      ),
    _phrase: ($) => repeat1(choice($._chunk, ...insidePieces($))),
    _inside: ($) =>
      choice($._plain_chunk, $.param, $._brace, $._quote, escapedMark($), ...escapes($)),

    // What does not fit, up to the end of the line or a comment.
    junk: ($) => repeat1(choice($._junk_chunk, $._junk_sign, $._sign, quotes($))),
    // The same where a quote that is closed would fit.
    _rest: ($) =>
      seq(
        choice($._junk_chunk, $._junk_sign, $._sign, seq(optional($._quote_stray), $._quote)),
        repeat(choice($._junk_chunk, $._junk_sign, $._sign, quotes($))),
      ),

    _ref: ($) => seq($._ref_ahead, alias($._at, "@"), field("name", alias($._ascii_name, $.name))),
    _wide_ref: ($) =>
      seq($._ref_ahead, alias($._at, "@"), field("name", alias($._wide_name, $.name))),

    // ---- tokens: where two match the same characters, the first of them counts ----

    _word_shot: (_) => words("shot"),
    _word_edit: (_) => words("edit"),
    _word_angle: (_) => words("angle"),
    _word_on: (_) => words("on"),
    _word_coverage: (_) => words("coverage"),
    _word_of: (_) => words("of"),
    _word_as: (_) => words("as"),
    _word_voice: (_) => words("voice"),
    _word_none: (_) => words("none"),

    _at: (_) => /[@＠]/,
    param: (_) => token(seq("{", NAME, "}")),
    _param_more: (_) => token.immediate(seq("{", NAME, "}")),
    _brace: (_) => /\{/,
    _brace_more: (_) => token.immediate(/\{/),
    escape: (_) => /\\[@＠{#＃>＞]/,
    _escape_more: (_) => token.immediate(/\\[@＠{#＃>＞\\]/),
    _two_signs: (_) => /\\\\/,
    _escaped_mark: (_) => /\\"/,
    _backslash: (_) => /\\/,
    _backslash_more: (_) => token.immediate(/\\/),
    _label_length: (_) => re(`${NUMBER}[sS](?:[eE][cC](?:[oO][nN][dD])?[sS]?)?`),
    _label_chunk: (_) => token(repeat1(set(LABEL))),
    _comment_text: (_) =>
      token(seq(/[#＃]/, repeat(seq(re(blanks), repeat1(set(`^${BLANK}\\r\\n`)))))),
    _comment_more: (_) => {
      const run = repeat1(set(`^${BLANK}\\r\\n`));
      return token(seq(run, repeat(seq(re(`[${BLANK}]+`), run))));
    },
    _nul: (_) => "\0",
    // A NUL, which no other set of characters has in it, stands for itself as well.
    _sign: (_) => /[#＃\x00]/,
    _quote: (_) => re(`[${QUOTES}]`),

    _chunk: (_) => chunk(`@＠{\\\\${QUOTES}`, { refs: true }),
    _plain_chunk: (_) => chunk(`{\\\\${QUOTES}`),
    _note_chunk: (_) => chunk(`\\\\${QUOTES}`),
    _terms_chunk: (_) => chunk(`@＠{\\\\${QUOTES}(（`, { refs: true }),
    _manner_chunk: (_) => chunk(`@＠{\\\\${QUOTES})）`, { refs: true }),
    _place_word: (_) => chunk(`@＠{\\\\${QUOTES}`, { refs: true, one: true }),
    _transition_chunk: (_) => {
      const not = `^@＠{\\\\${QUOTES}:：.A-Za-z0-9_+\\-${BLANK}\\r\\n`;
      const blocking = /[A-Za-z0-9_+\-][@＠]?/;
      const more = choice(set(not), blocking, /\.[@＠]/);
      const run = seq(choice(set(`${not}#＃`), blocking), repeat(more));
      const between = choice(
        seq(/[:：.]+/, repeat1(more)),
        seq(re(`[:：.]*[${BLANK}][${BLANK}:：.]*`), run),
      );
      return token(seq(run, repeat(between)));
    },
    _points: (_) => re(`[:：.](?:[${BLANK}:：.]*[:：.])?`),

    prefix: (_) =>
      re(
        `(?:${word("int")}\\.?/${word("ext")}|${word("ext")}\\.?/${word("int")}|${word("i")}\\.?/${word("e")}` +
          `|${word("int")}|${word("ext")}|${word("est")})\\.|${word("scene")}${blanks}[:：]`,
      ),
    _bare_prefix: (_) =>
      re(
        `${word("int")}\\.?/${word("ext")}|${word("ext")}\\.?/${word("int")}|${word("i")}\\.?/${word("e")}`,
      ),

    _above_zero: (_) => re(`${NUMBER}${UNIT}|${CLOCK_ABOVE_ZERO}`),
    _time: (_) => re(`[0-9]{1,9}${FRACTION}${UNIT}|${CLOCK}`),
    _unit: (_) => re(UNIT),
    _to: ($) => choice($._dash, alias($._word_to, "to")),
    _word_to: (_) => words("to"),
    _dash: (_) => DASH,

    _label_more: (_) => token.immediate(repeat1(set(LABEL))),
    _glued: (_) => token.immediate(prec(1, set(`^${BLANK}\\r\\n:：(（`))),
    _length_chunk: (_) => chunk(`{\\\\${QUOTES}()（）`),

    name: (_) => token.immediate(NAME),
    // What a name ends with says whether the next @ can begin another ref.
    _ascii_name: (_) =>
      token.immediate(
        choice(
          seq(re("[\\p{Nd}_]*"), set(LETTER), repeat(set(IN_NAME)), /[A-Za-z0-9_]/),
          /[0-9_]*[A-Za-z]/,
        ),
      ),
    _wide_name: (_) =>
      token.immediate(
        seq(
          re("[\\p{Nd}_]*"),
          choice(seq(set(LETTER), repeat(set(IN_NAME)), set(IN_NAME + WIDE)), set(LETTER + WIDE)),
        ),
      ),
    _no_name: (_) => token.immediate(repeat1(set(`^${BLANK}\\r\\n=＝:：(（"@＠`))),
    _no_parameter: (_) => token.immediate(repeat1(set('^{}\\r\\n"'))),
    kind: (_) =>
      words(
        "audio",
        "character",
        "creature",
        "element",
        "image",
        "place",
        "product",
        "prop",
        "style",
        "vehicle",
        "video",
        "voice",
        "wardrobe",
      ),
    _no_kind: (_) => token(repeat1(set(`^${BLANK}\\r\\n:：,，、@＠=＝(（"“„«「『#＃`))),

    _key_of_text: (_) =>
      words(
        "action",
        "camera",
        "end",
        "environment",
        "keep",
        "lighting",
        "mood",
        "motion",
        "music",
        "negative",
        "sound",
        "start",
        "style",
        "using",
      ),
    _key_of_value: (_) =>
      words(
        "aspect",
        "audio",
        "cfg",
        "duration",
        "include",
        "language",
        "resolution",
        "seed",
        "takes",
        "target",
        "title",
      ),
    _key_of_note: (_) => words("note"),
    _key_of_speech: (_) => words("super", "voiceover"),
    _no_key: (_) => /[A-Za-z][A-Za-z0-9_-]*/,
    provider: (_) => /[a-z][a-z0-9_-]+/,
    path: (_) => token.immediate(/[A-Za-z0-9_.]+/),
    _dot: (_) => token.immediate(/\./),

    _open: (_) => /[(（]/,
    _close: (_) => /[)）]/,
    _between: (_) => re(`[)）]${blanks}[(（]`),
    _colon: (_) => /[:：]/,
    _equals: (_) => /[=＝]/,
    _comma: (_) => /[,，、]/,
    _plus: (_) => /[+＋]/,
    _angle_mark: (_) => /[>＞]/,

    // No junk may read on where a length or a brace has ended: hence these one by one.
    _junk_chunk: (_) =>
      token(
        prec(
          -1,
          seq(set(`^0-9{#＃${QUOTES}${BLANK}\\r\\n`), repeat(set(`^${QUOTES}${BLANK}\\r\\n`))),
        ),
      ),
    _junk_sign: (_) => token(prec(-1, /[0-9{]/)),
  },
});
