" Colours of a .shot script by the beginnings of its lines. The server adds what words mean.
if exists('b:current_syntax')
  finish
endif

syntax case ignore

" What stands inside of lines. Where two rules begin at one place, the later one holds.
syntax match shotRef /[0-9A-Za-z._+\\-]\@1<!@\%(\w\|[^ -~[:cntrl:]]\)\+/
syntax match shotParameter /{[^{} ]\+}/
syntax region shotString start=/"/ skip=/\\./ end=/"/ oneline contains=shotRef,shotParameter
syntax match shotString /“[^”]*”\|„[^“”]*[“”]\|«[^»]*»\|「[^」]*」\|『[^』]*』/ contains=shotRef,shotParameter
syntax match shotEscape /\\[@{#>\\]/
syntax match shotComment /\s\@1<=#\%(\s.*\)\?$/
syntax cluster shotInline contains=shotRef,shotParameter,shotString,shotComment

syntax match shotLength /(\s*\d[0-9.,:]*\s*\%(s\|secs\?\|seconds\?\)\?\s*)/ contained
syntax match shotAs /\<AS\ze\s\+@/ contained
syntax match shotCamera /:.*/hs=s+1 contained contains=@shotInline,shotLength
syntax match shotHeading /^\s*\zs\%(SHOT\|EDIT\|ANGLE\s\+ON\|COVERAGE\%(\s\+OF\>\)\?\)/ contained
syntax match shotPlace /^\s*\zs\%(INT\|EXT\|EST\)\.\%(\/\%(INT\|EXT\)\.\)\?/ contained
syntax match shotPlace /^\s*\zs\%(INT\/EXT\|I\/E\|EXT\/INT\)\.\?\|^\s*\zsSCENE\ze\s*:/ contained
syntax cluster shotTop contains=@shotInline,shotHeading,shotLength,shotAs,shotCamera

syntax match shotKind /\%(=\s*\)\@<=\h\+/ contained
syntax match shotDeclaration /^\s*@[^[:blank:]=:("@]\+\s*=.*/ contains=@shotInline,shotKind
syntax match shotDialogue /^\s*@[^:("]\+\%(([^)]*)\s*\)*:.*/ contains=@shotInline

" A key with a colon; what no key may be called is a mistake the server explains.
syntax keyword shotKey contained title aspect resolution language include duration target cfg seed
syntax keyword shotKey contained audio takes negative environment style mood lighting sound music
syntax keyword shotKey contained camera action voiceover super start end motion using keep note
syntax match shotField /^\s*+\?\s*\a\+\s*\%(([^)]*)\s*\)\?:/ contains=shotKey
syntax match shotProvider /^\s*[a-z][a-z0-9_-]\+\.[A-Za-z0-9_.]\+\s*:\%(\s\|$\)\@=/
syntax match shotNote /^\s*+\?\s*note\s*:.*/ contains=shotKey

" A heading word is prose unless a label, a length, a colon or the end of the line follows.
let s:word = '[^[:blank:]:(@"[:digit:]]'
let s:ends = '\s*\%($\|[:(]\)\|\s\+\%(#\|-\{1,3}\s\|[–—]\s\|AS\s\+@\)'
let s:after = '\%(' . s:ends . '\|\s\+' . s:word . '*\%(\d\|{\)\|\s\+' . s:word . '\+\%(' . s:ends . '\)\)\@='
execute 'syntax match shotTopLine /^\s*\%(SHOT\|COVERAGE\)' . s:after . '.*/ contains=@shotTop'
syntax match shotTopLine /^\s*\%(EDIT\|ANGLE\s\+ON\|COVERAGE\%(\s\+OF\)\?\)\s*@.*/ contains=@shotTop
syntax match shotScene /^\s*\%(INT\|EXT\|EST\)\..*/ contains=@shotInline,shotPlace,shotAs
syntax match shotScene /^\s*\%(\%(INT\/EXT\|EXT\/INT\|I\/E\)[. ]\|SCENE\s*:\).*/ contains=@shotInline,shotPlace,shotAs
syntax match shotTransition /^\s*>.*/ contains=@shotInline,shotLength
syntax match shotEscape /^\s*\zs\\/
syntax match shotComment /^\s*#.*/

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
