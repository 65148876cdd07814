import { Command, CommanderError } from 'commander';
import { addAnswersCommand } from './answers.ts';
import { addAppCommand } from './app.ts';
import { addDoctorCommand } from './doctor.ts';
import { addHardwareCommand } from './hardware.ts';
import { addImagesCommand } from './images.ts';
import { addInspectCommand } from './inspect.ts';
import { addInterfacesCommand } from './interfaces.ts';
import { reportError } from './output.ts';
import { addProbeCommand } from './probe.ts';
import { addProfilesCommand } from './profiles.ts';
import { addRehearseCommand } from './rehearse.ts';
import { addRouterSettingsCommand } from './router-settings.ts';
import { addServeCommand } from './serve.ts';
import { addTreeCommand } from './tree.ts';
import { addWakeCommand } from './wake.ts';
import { StationError } from '../contract/errors.ts';

/**
 * Each start of the program reads all of these files. What only one command needs and is large (the engine, the user interface's
 * server, the rehearsal) is imported by its action.
 */

/** Runs one command of `argv` to its end; an error sets the exit code and is told in both voices. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  const program = new Command('fieldboot')
    .description('Network-boots a bench of machines from an ISO.')
    .helpCommand(false)
    .showHelpAfterError(false)
    .exitOverride()
    .configureOutput({ outputError: () => undefined });

  addAppCommand(program);
  addInspectCommand(program);
  addImagesCommand(program);
  addHardwareCommand(program);
  addAnswersCommand(program);
  addProfilesCommand(program);
  addTreeCommand(program);
  addInterfacesCommand(program);
  addProbeCommand(program);
  addDoctorCommand(program);
  addRehearseCommand(program);
  addRouterSettingsCommand(program);
  addServeCommand(program);
  addWakeCommand(program);

  // `fieldboot interfaces | head`: whoever read has had enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode);
    throw error;
  });
  const json = argv.includes('--json');
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) reportError(error, json);
    else if (error.exitCode !== 0) reportError(wrongUsage(error), json);
  }
}

function wrongUsage(error: CommanderError): StationError {
  const problem = error.message.replace(/^error: /, '').replace(/\.$/, '');
  return new StationError('E_USAGE', { problem: `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.` });
}
