/** The schema of --config, made from the declarations of the options. */

import type { Command, Option } from 'commander';
import { configurableOptions, MOST_COUNTED } from '../commands/config-file.ts';
import { acceptedBy, repeated } from '../commands/option-values.ts';

type Schema = Readonly<Record<string, unknown>>;

const TEXT: Schema = { type: 'string' };

/** JSON Schema (draft 7): a definition for the file of each command. */
export function configSchema(program: Command): Schema {
  const names = program.commands.map((command) => command.name());
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'wltool --config',
    description:
      'Options of one command by their long names. For the options of serve alone: wltool.schema.json#/definitions/serve.',
    anyOf: names.map((name) => ({ $ref: `#/definitions/${name}` })),
    definitions: Object.fromEntries(program.commands.map((command) => [command.name(), commandSchema(command)])),
  };
}

function commandSchema(command: Command): Schema {
  const options = [...configurableOptions(command)];
  return {
    title: `wltool ${command.name()} --config`,
    type: 'object',
    properties: {
      $schema: true,
      ...Object.fromEntries(options.map(([name, option]) => [name, optionSchema(option)])),
    },
    additionalProperties: false,
  };
}

function optionSchema(option: Option): Schema {
  const { description, defaultValue, negate } = option;
  return {
    ...(description === '' ? {} : { description }),
    ...valueSchema(option),
    ...(defaultValue === undefined || negate ? {} : { default: defaultValue }),
  };
}

function valueSchema(option: Option): Schema {
  if (option.isBoolean() || option.negate) {
    const isCounted = option.parseArg !== undefined;
    return isCounted ? { type: ['boolean', 'integer'], minimum: 0, maximum: MOST_COUNTED } : { type: 'boolean' };
  }
  if (option.parseArg === repeated) return { anyOf: [TEXT, { type: 'array', items: TEXT }] };
  const { argChoices } = option;
  const value = argChoices === undefined ? acceptedBy(option.parseArg) : { enum: argChoices };
  return option.optional ? { anyOf: [{ type: 'boolean' }, value] } : { ...value };
}
