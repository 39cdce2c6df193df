-- The language server, for Neovim 0.11 and newer: `:help lsp-config`.
return {
  cmd = vim.g.promptlang_cmd or { 'promptlang', 'lsp' },
  filetypes = { 'promptlang-shot' },
  root_markers = { 'promptlang.toml', '.git' },
}
