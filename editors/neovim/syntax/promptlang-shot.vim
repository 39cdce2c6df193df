" Colours of a .shot script by the beginnings of its lines. The server adds what words mean.
if exists('b:current_syntax')
  finish
endif

syntax case ignore

" Blanks, names with at least one letter, and what stands in brackets.
let s:b = '[[:blank:]\u00a0\u3000]'
let s:begin = '^' . s:b . '*'
let s:letter = '\%(\a\|[^ -~[:cntrl:]\u00a0\u2000-\u206f\u3000-\u303f：（），、＝＠＞＃＋]\)'
let s:name = '[@＠][0-9_]*' . s:letter . '\%(' . s:letter . '\|[0-9_]\)*'
let s:manner = s:b . '*[(（][^)）#]*[)）]'

function! s:match(group, pattern, ...) abort
  execute 'syntax match' a:group ';' . a:pattern . ';' join(a:000)
endfunction

" What stands inside of lines. Where two rules begin at one place, the later one holds.
call s:match('shotRef', '[0-9A-Za-z._+\\-]\@1<!' . s:name)
syntax match shotParameter /{[^{} ]\+}/
syntax region shotString start=/"/ skip=/\\./ end=/"/ oneline contains=shotRef,shotParameter
syntax match shotString /“[^”]*”\|„[^“”]*[“”]\|«[^»]*»\|「[^」]*」\|『[^』]*』/ contains=shotRef,shotParameter
syntax match shotEscape /\\[@{#>\\]/
syntax match shotComment /\s\@1<=[#＃]\%(\s.*\)\?$/
syntax cluster shotInline contains=shotRef,shotParameter,shotString,shotComment

syntax match shotLength /[(（]\s*\d[0-9.,:]*\s*\%(s\|secs\?\|seconds\?\)\?\s*[)）]/ contained
syntax match shotAs /\<AS\ze\s\+[@＠]/ contained
syntax match shotCamera /[:：].*/hs=s+1 contained contains=@shotInline,shotLength
call s:match('shotHeading', s:begin . '\zs\%(SHOT\|EDIT\|ANGLE' . s:b . '\+ON\|COVERAGE\%(' . s:b . '\+OF\>\)\?\)', 'contained')
call s:match('shotPlace', s:begin . '\zs\%(\%(INT\|EXT\|EST\)\.\%(/\%(INT\|EXT\)\.\)\?\|\%(INT/EXT\|EXT/INT\|I/E\)\.\?\|SCENE\ze' . s:b . '*[:：]\)', 'contained')
syntax cluster shotTop contains=@shotInline,shotHeading,shotLength,shotAs,shotCamera

call s:match('shotDialogue', s:begin . s:name . '\%(' . s:manner . '\)*' . s:b . '*[:：].*', 'contains=@shotInline')
call s:match('shotDeclaration', s:begin . '[@＠][^[:blank:]=＝:：(（"@＠]\+' . s:b . '*[=＝].*', 'contains=@shotInline,shotKind')
syntax match shotKind /\%([=＝]\s*\)\@<=\h\+/ contained

" A key with a colon; what no key may be called is a mistake the server explains.
syntax keyword shotKey contained title aspect resolution language include duration target cfg seed
syntax keyword shotKey contained audio takes negative environment style mood lighting sound music
syntax keyword shotKey contained camera action voiceover super start end motion using keep note
let s:more = s:begin . '\%([+＋]' . s:b . '*\)\?'
call s:match('shotField', s:more . '\a\+\%(' . s:manner . '\)\?' . s:b . '*[:：]', 'contains=shotKey')
call s:match('shotNote', s:more . 'note' . s:b . '*[:：].*', 'contains=shotKey')
call s:match('shotProvider', s:begin . '[a-z][a-z0-9_-]\+\.[A-Za-z0-9_.]\+' . s:b . '*\%(：\|:\%(\s\|$\)\@=\)')

" A heading word is prose unless a label, a length, a colon or the end of the line follows.
let s:word = '[^[:blank:]\u00a0\u3000:：(（@＠"[:digit:]]'
let s:ends = s:b . '*\%($\|[:：(（]\)\|' . s:b . '\+\%([#＃]\|-\{1,3}\s\|[–—]\s\|AS\s\+[@＠]\)'
let s:after = '\%(' . s:ends . '\|' . s:b . '\+' . s:word . '*\%(\d\|{\)\|' . s:b . '\+' . s:word . '\+\%(' . s:ends . '\)\)\@='
call s:match('shotTopLine', s:begin . '\%(SHOT\|COVERAGE\)' . s:after . '.*', 'contains=@shotTop')
call s:match('shotTopLine', s:begin . '\%(EDIT' . s:b . '\+\|ANGLE' . s:b . '\+ON' . s:b . '*\|COVERAGE' . s:b . '\+\%(OF' . s:b . '*\)\?\)[@＠].*', 'contains=@shotTop')
syntax case match
call s:match('shotTopLine', s:begin . 'EDIT[@＠].*', 'contains=@shotTop')
syntax case ignore
call s:match('shotScene', s:begin . '\%(\%(INT\|EXT\|EST\)\.\|\%(INT/EXT\|EXT/INT\|I/E\)[. ]\|SCENE' . s:b . '*[:：]\).*', 'contains=@shotInline,shotPlace,shotAs')
call s:match('shotTransition', s:begin . '[>＞].*', 'contains=@shotInline,shotLength')
call s:match('shotEscape', s:begin . '\zs\\')
call s:match('shotComment', s:begin . '[#＃].*')

highlight default link shotHeading Statement
highlight default link shotPlace Statement
highlight default link shotAs Statement
highlight default link shotScene Directory
highlight default link shotCamera Function
highlight default link shotLength Number
highlight default link shotTransition Special
highlight default link shotKind Type
highlight default link shotKey Tag
highlight default link shotProvider Tag
highlight default link shotRef Identifier
highlight default link shotParameter Special
highlight default link shotString String
highlight default link shotEscape SpecialChar
highlight default link shotNote Comment
highlight default link shotComment Comment

let b:current_syntax = 'promptlang-shot'
