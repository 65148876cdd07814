/** What a session needs to be told. Everything else is found out. */
export interface SessionConfig {
  /** Path of the ISO. */
  readonly imagePath: string;
  readonly interfaceName: string;
  /** "192.168.77.1/24" to give the interface for the session; undefined: it has one. */
  readonly address?: string | undefined;
  /** "FROM-TO"; undefined: the upper part of the subnet. */
  readonly pool?: string | undefined;
  /** Entry to boot; undefined: the image's default. */
  readonly entryId?: string | undefined;
  /** The person said in so many words to serve on an interface that is not fit. */
  readonly allowUnfitInterface?: boolean | undefined;
  readonly ports?: Partial<SessionPorts> | undefined;
  readonly loadersFolder: string;
  readonly dataFolder: string;
}

export interface SessionPorts {
  readonly dhcpServer: number;
  readonly dhcpClient: number;
  readonly tftp: number;
  /** Tried in order. */
  readonly http: readonly number[];
}

export const standardPorts: SessionPorts = { dhcpServer: 67, dhcpClient: 68, tftp: 69, http: [80, 8080] };
