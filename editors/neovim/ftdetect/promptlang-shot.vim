autocmd BufNewFile,BufRead *.shot setfiletype promptlang-shot
