-- Starts the language server where `vim.lsp.enable` is not there yet: Neovim 0.7 to 0.10.
local M = {}

local clients = {}

local function root(path)
  local folder = vim.fn.fnamemodify(path, ':p:h')
  for _, name in ipairs({ 'promptlang.toml', '.git' }) do
    for _, find in ipairs({ vim.fn.findfile, vim.fn.finddir }) do
      local found = find(name, folder .. ';')
      if found ~= '' then
        -- A folder ends in a slash, which has to go first.
        return vim.fn.fnamemodify(vim.fn.fnamemodify(found, ':p'):gsub('/$', ''), ':h')
      end
    end
  end
  return folder
end

local function set_up(_, buffer)
  vim.bo[buffer].omnifunc = 'v:lua.vim.lsp.omnifunc'
  vim.bo[buffer].tagfunc = 'v:lua.vim.lsp.tagfunc'
  vim.bo[buffer].formatexpr = 'v:lua.vim.lsp.formatexpr()'
end

--- Serve a buffer; those of one folder share a server.
function M.attach(buffer)
  local name = vim.api.nvim_buf_get_name(buffer)
  if name == '' or vim.bo[buffer].buftype ~= '' then
    return
  end
  local folder = root(name)
  local client = clients[folder]
  if not client or not vim.lsp.get_client_by_id(client) then
    local settings = vim.g.promptlang_settings or vim.empty_dict()
    client = vim.lsp.start_client({
      name = 'promptlang',
      cmd = vim.g.promptlang_cmd or { 'promptlang', 'lsp' },
      root_dir = folder,
      workspace_folders = { { uri = vim.uri_from_fname(folder), name = folder } },
      capabilities = vim.lsp.protocol.make_client_capabilities(),
      -- The oldest are not asked for settings later.
      init_options = settings,
      settings = { promptlang = settings },
      get_language_id = function()
        return 'promptlang-shot'
      end,
      on_attach = set_up,
    })
    clients[folder] = client
  end
  if client then
    vim.lsp.buf_attach_client(buffer, client)
  end
end

return M
