/** The head of a request, as far as the pure parts of this room need it. */
export interface RequestHead {
  readonly method: string;
  /** Value of a header by its lower-case name; repeated headers joined by commas. */
  header(name: string): string | undefined;
}
