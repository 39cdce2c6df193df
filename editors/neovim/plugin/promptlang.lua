-- Starts the language server for .shot scripts, and says how its words are coloured.
if vim.g.loaded_promptlang then
  return
end
vim.g.loaded_promptlang = true

if vim.fn.has('nvim-0.11') == 1 then
  vim.lsp.enable('promptlang')
else
  vim.api.nvim_create_autocmd('FileType', {
    pattern = 'promptlang-shot',
    callback = function(event)
      require('promptlang.older').attach(event.buf)
    end,
  })
end

if vim.fn.has('nvim-0.9') == 1 then
  local function colour()
    for kind, group in pairs(require('promptlang.colours')) do
      local name = '@lsp.' .. kind .. '.promptlang-shot'
      vim.api.nvim_set_hl(0, name, { link = group, default = true })
    end
  end
  colour()
  vim.api.nvim_create_autocmd('ColorScheme', { callback = colour })
end
