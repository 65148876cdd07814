/** What every loader says while its machine waits for a person. */

export const ASK_AGAIN_SECONDS = 3;
export const WAITING_TITLE = 'This machine waits for approval at the station.';
