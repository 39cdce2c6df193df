-- Settings of a .shot script.
if vim.b.did_ftplugin then
  return
end
vim.b.did_ftplugin = 1

vim.bo.comments = ':#'
vim.bo.commentstring = '# %s'
-- A name is one word with its @, for `*` and completion.
vim.opt_local.iskeyword:append('@-@')
-- A line is what it begins with, so that none may be broken: long ones are wrapped on the screen.
vim.bo.textwidth = 0
vim.wo.wrap = true
vim.wo.linebreak = true
vim.wo.breakindent = true
vim.opt_local.formatoptions:remove({ 't', 'a' })

vim.b.undo_ftplugin = 'setlocal comments< commentstring< iskeyword< textwidth< '
  .. 'wrap< linebreak< breakindent< formatoptions<'
