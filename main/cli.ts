#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { addAppCommand } from './commands/app.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addImagesCommand } from './commands/images.ts';
import { addInspectCommand } from './commands/inspect.ts';
import { addInterfacesCommand } from './commands/interfaces.ts';
import { reportError } from './commands/output.ts';
import { addProbeCommand } from './commands/probe.ts';
import { addRehearseCommand } from './commands/rehearse.ts';
import { addServeCommand } from './commands/serve.ts';
import { addTreeCommand } from './commands/tree.ts';
import { StationError } from './contract/errors.ts';

const program = new Command('fieldboot')
  .description('Network-boots a bench of machines from an ISO.')
  .helpCommand(false)
  .showHelpAfterError(false)
  .exitOverride()
  .configureOutput({ outputError: () => undefined });

addAppCommand(program);
addInspectCommand(program);
addImagesCommand(program);
addTreeCommand(program);
addInterfacesCommand(program);
addProbeCommand(program);
addDoctorCommand(program);
addRehearseCommand(program);
addServeCommand(program);

const json = process.argv.includes('--json');
try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) reportError(error, json);
  else if (error.exitCode !== 0) reportError(wrongUsage(error), json);
}

function wrongUsage(error: CommanderError): StationError {
  const problem = error.message.replace(/^error: /, '');
  return new StationError('E_USAGE', { problem: `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.` });
}
