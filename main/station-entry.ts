import { placesFromArgument, runStationProcess } from './host/station-process.ts';

// Entry of the process that holds the station in the desktop app; started by main/host/station-host.ts.
await runStationProcess(process.parentPort, placesFromArgument(process.argv[2]), (code) => process.exit(code));
