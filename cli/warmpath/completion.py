"""`warmpath completion SHELL`: the words that a shell offers, from the same description as the commands."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import argparse

SHELLS = ("bash", "zsh", "fish")


class _Command(NamedTuple):
    name: str
    help: str
    words: tuple[str, ...]
    takes_file: bool


def script(parser: argparse.ArgumentParser, shell: str) -> str:
    """The script for a shell; `eval "$(warmpath completion bash)"` turns it on."""
    return {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell](_commands(parser))


def _commands(parser: argparse.ArgumentParser) -> list[_Command]:
    """The commands with their options. argparse shows them to nobody, but has had these names since Python 3.2."""
    commands = next(each for each in vars(parser)["_actions"] if each.dest == "command")
    helps = {each.dest: each.help or "" for each in vars(commands)["_choices_actions"]}
    made = []
    for name, command in commands.choices.items():
        actions = vars(command)["_actions"]
        options = [word for each in actions for word in each.option_strings if word.startswith("--")]
        choices = [str(each) for action in actions if not action.option_strings for each in action.choices or ()]
        takes_file = any(each.dest == "path" for each in actions)
        made.append(_Command(name, helps.get(name, ""), (*choices, *options), takes_file))
    return made


def _bash(commands: list[_Command]) -> str:
    names = " ".join(each.name for each in commands)
    cases = "\n".join(
        f'    {each.name}) words="{" ".join(each.words)}"; files={"1" if each.takes_file else ""} ;;'
        for each in commands
    )
    return f"""_warmpath() {{
  local word="${{COMP_WORDS[COMP_CWORD]}}" words files
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "{names}" -- "$word"))
    return
  fi
  case "${{COMP_WORDS[1]}}" in
{cases}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$word"))
  [ -n "$files" ] && [[ "$word" != -* ]] && COMPREPLY+=($(compgen -f -- "$word"))
}}
complete -o filenames -F _warmpath warmpath
"""


def _zsh(commands: list[_Command]) -> str:
    described = "\n".join(f"      {_quoted(each.name + ':' + each.help.replace(':', ','))}" for each in commands)
    cases = "\n".join(
        f"    {each.name}) compadd -- {' '.join(each.words)}{'; _files' if each.takes_file else ''} ;;"
        for each in commands
    )
    return f"""#compdef warmpath
_warmpath() {{
  if (( CURRENT == 2 )); then
    local -a commands=(
{described}
    )
    _describe command commands
    return
  fi
  case "$words[2]" in
{cases}
  esac
}}
compdef _warmpath warmpath
"""


def _fish(commands: list[_Command]) -> str:
    lines = []
    for each in commands:
        lines.append(f"complete -c warmpath -n __fish_use_subcommand -a {each.name} -d {_quoted(each.help)}")
        if not each.takes_file:
            lines.append(f"complete -c warmpath -n '__fish_seen_subcommand_from {each.name}' -f")
        for word in each.words:
            offered = f"-l {word[2:]}" if word.startswith("--") else f"-a {word}"
            lines.append(f"complete -c warmpath -n '__fish_seen_subcommand_from {each.name}' {offered}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "") + "'"
