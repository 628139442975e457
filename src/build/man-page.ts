/** Man pages, made from the declarations that --help is made from: one for the program, one for each command. */

import type { Argument, Command, Option } from 'commander';
import { helpSections } from './help-sections.ts';
import { bold, escapeRoff, roffParagraph } from './roff.ts';

/** The pages by file name: wltool.1, wltool-serve.1, … */
export function manPages(program: Command, version: string): ReadonlyMap<string, string> {
  const pages = new Map([['wltool.1', programPage(program, version)]]);
  for (const command of program.commands) {
    pages.set(`wltool-${command.name()}.1`, commandPage(program, command, version));
  }
  return pages;
}

function programPage(program: Command, version: string): string {
  const list = program.commands.map((command) =>
    definition(`${bold(`wltool-${command.name()}`)}(1)`, command.description()),
  );
  return [
    header('WLTOOL', version),
    '.SH NAME',
    'wltool \\- DICOM Modality Worklists: make, print, serve, query and check them',
    '.SH SYNOPSIS',
    `${bold('wltool')} \\fIcommand\\fR [\\fIoptions\\fR] \\fIarguments\\fR`,
    '.SH DESCRIPTION',
    roffParagraph(program.description()),
    '.SH COMMANDS',
    ...list,
    '.SH OPTIONS',
    ...optionList(program),
    helpSections(helpAfter(program)),
    seeAlso(['dump2dcm', 'dcmdump', 'wlmscpfs', 'findscu']),
  ].join('\n');
}

function commandPage(program: Command, command: Command, version: string): string {
  const name = `wltool-${command.name()}`;
  const usage = command.registeredArguments.map(argumentTerm).join(' ');
  const others = program.commands.filter((each) => each !== command).map((each) => `wltool-${each.name()}`);
  return [
    header(name.toUpperCase(), version),
    '.SH NAME',
    `${escapeRoff(name)} \\- ${escapeRoff(lowerFirst(command.description().replace(/\.$/, '')))}`,
    '.SH SYNOPSIS',
    `${bold(`wltool ${command.name()}`)} [\\fIoptions\\fR] ${usage}`.trimEnd(),
    '.SH DESCRIPTION',
    roffParagraph(command.description()),
    ...command.registeredArguments.map((each) => definition(argumentTerm(each), describe(each.description, each))),
    '.SH OPTIONS',
    ...optionList(command),
    helpSections(helpAfter(command)),
    '.SH EXIT STATUS',
    `As all of wltool; see ${bold('wltool')}(1).`,
    seeAlso(['wltool', ...others]),
  ].join('\n');
}

function header(title: string, version: string): string {
  return [
    '.\\" Made from the declarations of the options; do not edit.',
    `.TH "${escapeRoff(title)}" "1" "" "wltool ${escapeRoff(version)}" "DICOM Modality Worklists"`,
    '.\\" Left-aligned, and words whole: they are typed again.',
    '.ad l',
    '.nh',
  ].join('\n');
}

/** The options that --help shows, under the same headings. */
function optionList(command: Command): readonly string[] {
  const help = command.createHelp();
  const lines: string[] = [];
  let heading: string | undefined;
  for (const option of help.visibleOptions(command)) {
    if (option.helpGroupHeading !== undefined && option.helpGroupHeading !== heading) {
      heading = option.helpGroupHeading;
      lines.push(`.SS "${escapeRoff(heading.replace(/:$/, ''))}"`);
    }
    lines.push(definition(optionTerm(option), describe(option.description, option)));
  }
  return lines;
}

function optionTerm(option: Option): string {
  return option.flags
    .split(', ')
    .map((flag) => {
      const [, name = '', value] = /^(\S+)(?: (.*))?$/.exec(flag) ?? [];
      return bold(name) + (value === undefined ? '' : ` ${italicNames(value)}`);
    })
    .join(', ');
}

function argumentTerm(argument: Argument): string {
  const name = `\\fI${escapeRoff(argument.name())}\\fR${argument.variadic ? ' ...' : ''}`;
  return argument.required ? name : `[${name}]`;
}

function italicNames(value: string): string {
  return value.replace(/[<>]/g, '').replace(/[^[\]]+/, (name) => `\\fI${escapeRoff(name)}\\fR`);
}

/** The description with choices and default, in words. */
function describe(description: string, taker: Option | Argument): string {
  const { argChoices, defaultValue } = taker;
  const choices = argChoices === undefined ? [] : [`one of ${argChoices.join(', ')}`];
  const isSwitch = 'isBoolean' in taker && taker.isBoolean();
  const usual = defaultValue === undefined || isSwitch ? [] : [`default ${String(defaultValue)}`];
  return [description, ...choices, ...usual].join('; ');
}

function definition(term: string, text: string): string {
  return `.TP\n${term}\n${escapeRoff(text)}`;
}

function seeAlso(names: readonly string[]): string {
  return `.SH SEE ALSO\n${names.map((name) => `${bold(name)}(1)`).join(', ')}\n`;
}

/** What addHelpText put behind the options. */
function helpAfter(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
    getOutHelpWidth: () => Number.MAX_SAFE_INTEGER,
  });
  command.outputHelp();
  return text.slice(command.helpInformation().length);
}

function lowerFirst(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
