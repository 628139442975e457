/**
 * What each shell runs. The scripts know nothing of wltool's options: they ask wltool itself, so they are never older
 * than it. The answer: a line that says which names may stand there (none, files, folders), then the candidates.
 */

import type { Shell } from './options.ts';

const BASH = `# Completion of wltool for bash. In ~/.bashrc: source <(wltool completion bash)
_wltool() {
  local line="\${COMP_LINE:0:COMP_POINT}" names= prefix= each
  # bash takes words apart at "=", and wants only what comes behind it.
  if [[ $COMP_WORDBREAKS == *=* ]]; then
    prefix="\${line##*[[:space:]]}"
    prefix="\${prefix%"\${prefix##*=}"}"
  fi
  COMPREPLY=()
  while IFS= read -r each; do
    if [[ -z $names ]]; then
      names="$each"
    else
      each="\${each%%$'\\t'*}"
      COMPREPLY+=("\${each#"$prefix"}")
    fi
  done < <("$1" completion bash --line "$line" 2>/dev/null)
  if [[ $names == files ]]; then
    compopt -o default 2>/dev/null
  elif [[ $names == folders ]]; then
    compopt -o dirnames 2>/dev/null
  elif [[ \${#COMPREPLY[@]} == 1 && \${COMPREPLY[0]} == *[=.] ]]; then
    compopt -o nospace 2>/dev/null
  fi
}
complete -F _wltool wltool
`;

const ZSH = `#compdef wltool
# Completion of wltool for zsh. In ~/.zshrc, behind compinit: source <(wltool completion zsh)
_wltool() {
  local each text line="\${(j: :)words[1,CURRENT-1]} $PREFIX"
  local -a answer whole whole_shown begun begun_shown
  answer=("\${(@f)$("$words[1]" completion zsh --line "$line" 2>/dev/null)}")
  for each in "\${(@)answer[2,-1]}"; do
    text="\${each%%$'\\t'*}"
    each="\${each/$'\\t'/  -- }"
    if [[ $text == *[=.] ]]; then
      begun+=("$text")
      begun_shown+=("$each")
    else
      whole+=("$text")
      whole_shown+=("$each")
    fi
  done
  (( $#whole )) && compadd -l -d whole_shown -a whole
  (( $#begun )) && compadd -l -S '' -d begun_shown -a begun
  case $answer[1] in
    files) _files ;;
    folders) _files -/ ;;
  esac
}
compdef _wltool wltool
`;

const FISH = `# Completion of wltool for fish: wltool completion fish > ~/.config/fish/completions/wltool.fish
function __wltool_complete
  set -l answer (wltool completion fish --line (commandline -cp | string collect) 2>/dev/null)
  switch "$answer[1]"
    case files
      __fish_complete_path (commandline -ct)
    case folders
      __fish_complete_directories (commandline -ct) ''
  end
  printf '%s\\n' $answer[2..-1]
end
complete -c wltool -f -a '(__wltool_complete)'
`;

export const SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };
