// What a line is, and what stands ahead inside of one.
//
// All that is known of the language is in lines.h, which is made from grammar/shot.lark: an
// automaton that reads each character once. Its answers become tokens without characters of their
// own, so that the grammar knows what it reads. The state is which quote is open, and which
// openers nothing closes in the rest of the line, which keeps a line of openers linear.

#include "tree_sitter/alloc.h"
#include "tree_sitter/parser.h"

enum Symbol {
  PROSE_LINE,
  COMMENT_LINE,
  ESCAPED_LINE,
  TRANSITION_LINE,
  DECLARATION_LINE,
  PARAMETER_LINE,
  DIALOGUE_LINE,
  FIELD_LINE,
  PROVIDER_FIELD_LINE,
  UNKNOWN_FIELD_LINE,
  SHOT_LINE,
  EDIT_LINE,
  ANGLE_LINE,
  COVERAGE_LINE,
  SCENE_LINE,
  BARE_SCENE_LINE,
  NEAR_SHOT_LINE,
  NEAR_EDIT_LINE,
  NEAR_ANGLE_LINE,
  NEAR_COVERAGE_LINE,
  NEAR_SCENE_LINE,
  COMMENT_AHEAD,
  REF_AHEAD,
  STUCK_AHEAD,
  DASH_AHEAD,
  BREAK_AHEAD,
  AS_AHEAD,
  LAST_LENGTH,
  FIRST_LENGTH,
  END_AHEAD,
  WHOLE_QUOTE,
  QUOTE_OPENS,
  QUOTE_CLOSES,
  QUOTE_ESCAPED,
  QUOTE_STRAY,
  END,
  ERROR,
};

#include "lines.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

typedef struct {
  uint8_t open;  // 1 + the number of the quote that is open, or 0
  uint8_t dead;  // a bit for each opener that nothing closes in this line
} State;

static uint8_t class_of(int32_t c) {
  if (c >= 0 && c < 128) return ASCII_CLASSES[c];
  size_t low = 0, high = COUNT(WIDE_CLASSES);
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (c < WIDE_CLASSES[middle].first) {
      high = middle;
    } else if (c > WIDE_CLASSES[middle].last) {
      low = middle + 1;
    } else {
      return WIDE_CLASSES[middle].number;
    }
  }
  return 0;
}

static bool ends_line(const TSLexer *lexer) {
  return lexer->eof(lexer) || lexer->lookahead == '\n' || lexer->lookahead == '\r';
}

static uint16_t step(uint16_t state, uint8_t number) {
  for (uint32_t at = ROWS[state] + 1; at < ROWS[state + 1]; at += 2) {
    if (STEPS[at] == number) return STEPS[at + 1];
  }
  return STEPS[ROWS[state]];
}

// Return the patterns that match what is ahead, up to the end of the line.
static uint32_t run(TSLexer *lexer, uint16_t state) {
  uint32_t found = 0;
  while (state != 0) {  // in which nothing can match any more
    bool last = ends_line(lexer);
    state = step(state, last ? END_CLASS : class_of(lexer->lookahead));
    found |= ACCEPTS[state];
    if (last) break;
    lexer->advance(lexer, false);
  }
  return found;
}

static bool is_blank(int32_t c) { return BLANKS[class_of(c)]; }

static bool skip_blanks(TSLexer *lexer) {
  bool any = false;
  while (!ends_line(lexer) && is_blank(lexer->lookahead)) {
    lexer->advance(lexer, true);
    any = true;
  }
  return any;
}

// The end of a line and the empty lines behind it; nothing at the end of the text.
static bool scan_end(TSLexer *lexer) {
  lexer->result_symbol = END;
  for (;;) {
    if (lexer->eof(lexer)) return true;
    if (lexer->lookahead == '\r') {
      lexer->advance(lexer, false);
      if (!lexer->eof(lexer) && lexer->lookahead == '\n') lexer->advance(lexer, false);
    } else if (lexer->lookahead == '\n') {
      lexer->advance(lexer, false);
    } else {
      return true;
    }
    lexer->mark_end(lexer);
    while (!ends_line(lexer) && is_blank(lexer->lookahead)) lexer->advance(lexer, false);
    if (lexer->eof(lexer)) lexer->mark_end(lexer);
  }
}

static bool scan_line(State *state, TSLexer *lexer) {
  uint32_t found = run(lexer, LINE_ENTRY);
  uint8_t symbol = PROSE_LINE;
  // The highest bit is the first terminal of the grammar that matches.
  for (uint8_t bit = 0; bit < COUNT(LINE_SYMBOLS); bit++) {
    if (found >> bit & 1) symbol = LINE_SYMBOLS[bit];
  }
  lexer->result_symbol = symbol;
  state->open = state->dead = 0;
  return true;
}

static bool scan_open_quote(State *state, TSLexer *lexer, const bool *valid) {
  int32_t c = lexer->lookahead;
  const int32_t *closers = CLOSERS[state->open - 1];
  if (valid[QUOTE_CLOSES] && (c == closers[0] || c == closers[1])) {
    lexer->result_symbol = QUOTE_CLOSES;
    state->open = 0;
    return true;
  }
  if (!valid[QUOTE_ESCAPED] || c != '\\') return false;
  lexer->advance(lexer, false);
  lexer->result_symbol = QUOTE_ESCAPED;
  return !lexer->eof(lexer) && lexer->lookahead == '"';
}

static bool scan_ahead(State *state, TSLexer *lexer, const bool *valid, bool behind_blank) {
  uint8_t opener = 0;
  while (opener < COUNT(OPENERS) && OPENERS[opener] != lexer->lookahead) opener++;
  bool opens = opener < COUNT(OPENERS);
  if (opens && state->dead >> opener & 1) return false;
  // Only where it is asked for may something be looked for that ends far away.
  uint16_t entry = INSIDE_ENTRY;
  if (valid[FIRST_LENGTH]) entry = FIRST_ENTRY;
  if (valid[END_AHEAD]) entry = CLOSING_ENTRY;
  uint32_t found = run(lexer, entry);
  for (uint8_t bit = 0; bit < COUNT(AHEAD_SYMBOLS); bit++) {
    uint8_t symbol = AHEAD_SYMBOLS[bit];
    if (!(found >> bit & 1)) continue;
    if (symbol == ERROR) return false;
    if (!valid[symbol]) continue;
    bool needs_blank = symbol == COMMENT_AHEAD || symbol == DASH_AHEAD || symbol == BREAK_AHEAD;
    if (needs_blank && !behind_blank) continue;
    if (opens) state->open = opener + 1;
    lexer->result_symbol = symbol;
    return true;
  }
  if (!opens || found || !valid[QUOTE_STRAY]) return false;
  // Without a token what is known of the rest of the line would not be kept.
  state->dead |= 1 << opener;
  lexer->result_symbol = QUOTE_STRAY;
  return true;
}

void *tree_sitter_shot_external_scanner_create(void) { return ts_calloc(1, sizeof(State)); }

void tree_sitter_shot_external_scanner_destroy(void *payload) { ts_free(payload); }

unsigned tree_sitter_shot_external_scanner_serialize(void *payload, char *buffer) {
  State *state = payload;
  buffer[0] = (char)state->open;
  buffer[1] = (char)state->dead;
  return 2;
}

void tree_sitter_shot_external_scanner_deserialize(void *payload, const char *buffer,
                                                   unsigned size) {
  State *state = payload;
  state->open = size == 2 ? (uint8_t)buffer[0] : 0;
  state->dead = size == 2 ? (uint8_t)buffer[1] : 0;
}

bool tree_sitter_shot_external_scanner_scan(void *payload, TSLexer *lexer, const bool *valid) {
  State *state = payload;
  bool behind_blank = skip_blanks(lexer);
  lexer->mark_end(lexer);
  if (ends_line(lexer)) return valid[END] && scan_end(lexer);
  // Whoever recovers asks for everything; a mistake then ends with its line.
  if (valid[ERROR]) return false;
  if (valid[PROSE_LINE]) return scan_line(state, lexer);
  bool at = lexer->lookahead == '@' || lexer->lookahead == 0xff20;
  if (at && valid[STUCK_AHEAD] && !behind_blank) {
    // Behind a letter an @ is part of an address.
    lexer->result_symbol = STUCK_AHEAD;
    return true;
  }
  if (state->open && !at) return scan_open_quote(state, lexer, valid);
  return scan_ahead(state, lexer, valid, behind_blank);
}
