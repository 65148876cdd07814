/** What a colour says: see tokens.css. */
export type Tone = 'neutral' | 'wire' | 'waiting' | 'trouble' | 'done';
