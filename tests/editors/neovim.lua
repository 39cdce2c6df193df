-- Drives Neovim through the scenario: PROMPTLANG_PLAN names the plan, PROMPTLANG_ROWS where to tell.
--
-- Keys are typed and commands called as a person does, on the main loop, and the screen is waited
-- for. One JSON object a line comes out: what each step showed.
local plan = vim.fn.json_decode(vim.fn.readfile(vim.env.PROMPTLANG_PLAN))
local rows = assert(io.open(vim.env.PROMPTLANG_ROWS, 'w'))
local PATIENCE = 20000

local old = vim.fn.has('nvim-0.8') == 0

local function tell(row)
  rows:write(vim.fn.json_encode(row), '\n')
  rows:flush()
end

-- Neovim counts lines from 1 and columns in bytes, the plan from 0 and in units of UTF-16.
local function go(at)
  local line = vim.api.nvim_buf_get_lines(0, at.line, at.line + 1, true)[1]
  local column = vim.str_byteindex(line, at.character, true)
  vim.api.nvim_win_set_cursor(0, { at.line + 1, column })
end

local function cursor()
  local line, column = unpack(vim.api.nvim_win_get_cursor(0))
  local _, units = vim.str_utfindex(vim.api.nvim_get_current_line(), column)
  return { line = line - 1, character = units }
end

local function text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n') .. '\n'
end

local main

local function on(call, ...)
  local ok, said = coroutine.resume(main, ...)
  if not ok then
    tell({ does = 'failed', message = said })
    vim.cmd('cquit')
  end
end

--- Let the editor go on until something is so.
local function await(what, is_so)
  local since = vim.loop.now()
  while true do
    local found = is_so()
    if found then
      return found
    end
    if vim.loop.now() - since > PATIENCE then
      error(what .. ' does not come; the script says\n' .. text())
    end
    vim.defer_fn(on, 20)
    coroutine.yield()
  end
end

local function errors()
  local found = {}
  for _, d in ipairs(vim.diagnostic.get(0, { severity = vim.diagnostic.severity.ERROR })) do
    table.insert(found, d.code or d.user_data.lsp.code)
  end
  return found
end

local function floats()
  local said = ''
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= '' then
      local buffer = vim.api.nvim_win_get_buf(window)
      said = said .. table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), '\n')
    end
  end
  return said
end

local steps = {}

function steps.diagnose(step)
  await('diagnostics', function()
    return vim.deep_equal(errors(), step.shows)
  end)
  return { shows = errors() }
end

function steps.complete(step)
  go(step.at)
  vim.api.nvim_input('i' .. step.says .. '<C-x><C-o>')
  local place = await('a menu', function()
    for index, item in ipairs(vim.fn.complete_info({ 'items' }).items) do
      if item.abbr == step.shows[1] then
        return index
      end
    end
  end)
  local row = { shows = { vim.fn.complete_info({ 'items' }).items[place].abbr } }
  vim.api.nvim_input(string.rep('<C-n>', place - 1) .. '<C-y><Esc>') -- the first is chosen
  return row
end

function steps.hover(step)
  go(step.at)
  vim.lsp.buf.hover()
  await('a window', function()
    return floats():find(step.shows[1], 1, true)
  end)
  vim.api.nvim_input('h') -- moving closes it
  await('its end', function()
    return floats() == ''
  end)
  return { shows = step.shows }
end

function steps.jump(step)
  go(step.at)
  vim.api.nvim_input('<C-]>')
  await('the declaration', function()
    return vim.deep_equal(cursor(), step.to)
  end)
  return { to = cursor() }
end

function steps.rename(step)
  go(step.at)
  vim.lsp.buf.rename(step.says)
  return {}
end

function steps.format()
  if old then
    vim.lsp.buf.formatting()
  else
    vim.lsp.buf.format()
  end
  return {}
end

function steps.fix(step)
  go(step.at)
  local shown = {}
  vim.ui.select = function(items, options, choose)
    for index, item in ipairs(items) do
      shown[index] = (options.format_item or tostring)(item)
      if shown[index]:find(step.says, 1, true) then
        choose(item, index)
        return
      end
    end
    error('only offered: ' .. table.concat(shown, ', '))
  end
  vim.lsp.buf.code_action()
  return {}
end

-- What the first word of each line is coloured as.
local groups = {
  shotHeading = 'heading',
  shotPlace = 'heading',
  shotKey = 'key',
  shotProvider = 'key',
  shotRef = 'name',
  shotComment = 'comment',
  shotTransition = 'transition',
}

local function colours()
  vim.cmd('enew')
  vim.api.nvim_buf_set_lines(0, 0, -1, true, plan.lines)
  vim.cmd('syntax on')
  vim.bo.syntax = 'promptlang-shot'
  local found = {}
  for number, line in ipairs(plan.lines) do
    local column = math.max(vim.fn.match(line, '[^[:blank:]\\u00a0\\u3000+＋]') + 1, 1)
    local inmost = ''
    for _, group in ipairs(vim.fn.synstack(number, column)) do
      inmost = vim.fn.synIDattr(group, 'name')
    end
    table.insert(found, groups[inmost] or 'other')
  end
  return found
end

main = coroutine.create(function()
  vim.cmd('edit ' .. vim.fn.fnameescape(plan.script))
  for _, step in ipairs(plan.steps) do
    local began = vim.loop.now()
    local row = steps[step.does](step)
    await(step.does .. ' in the script', function()
      return text() == step.text and vim.fn.mode() == 'n'
    end)
    row.does = step.does
    row.milliseconds = vim.loop.now() - began
    tell(row)
  end
  vim.cmd('write')
  tell({ does = 'save' })
  tell({ does = 'colours', lines = colours() })
  vim.cmd('qall!')
end)

vim.defer_fn(on, 20)
