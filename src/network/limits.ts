/** How much of anything a peer may make us keep. Every byte from the network is counted against one of these first. */

/** Longest A-ASSOCIATE-RQ or -AC: 128 contexts with the 38 transfer syntaxes DCMTK can propose take 127 KiB. */
export const MAX_ASSOCIATE_LENGTH = 160 * 1024;

/** Release, abort and reject PDUs have 4 bytes (PS3.8 9.3.4 to 9.3.8). */
export const SHORT_PDU_LENGTH = 4;

/** Some peers count the PDU header or a PDV's into the length they were told. */
export const PDU_LENGTH_SLACK = 12;

/** Odd context ids of one byte allow no more (PS3.8 9.3.2.2). */
export const MAX_CONTEXTS = 128;

/** Items and sub-items of one A-ASSOCIATE PDU together; that proposal has 5,251. */
export const MAX_ASSOCIATE_ITEMS = 6000;

export const MAX_COMMAND_LENGTH = 64 * 1024;
/** Longest identifier of a query; one that asks for everything Table K.6-1 knows takes 3 KiB. */
export const MAX_QUERY_LENGTH = 64 * 1024;
/** Longest answer that a client takes. */
export const MAX_ANSWER_LENGTH = 16 * 1024 * 1024;

/** Requests taken in ahead of the one being answered; then the socket is read no further. */
export const MAX_PENDING_REQUESTS = 16;
/** The same for the bytes of their identifiers. */
export const MAX_PENDING_LENGTH = 64 * 1024;

/** Connections without an association yet, or being closed; one more pushes out the oldest. */
export const MAX_WAITING_CONNECTIONS = 128;

/** A PDU shorter than this leaves no useful room beside PDU and PDV headers. 0 means no limit (PS3.8 D.1). */
export const MIN_PEER_MAX_PDU = 128;

/** Longest P-DATA-TF we send, whatever the peer takes. */
export const MAX_SENT_PDU = 128 * 1024;

/** What a peer takes that does not say (PS3.8 D.1 asks it to). */
export const DEFAULT_PEER_MAX_PDU = 16384;

export const DEFAULT_MAX_PDU = 16384;
export const DEFAULT_MAX_ASSOCIATIONS = 50;

/** Answers are handed to the socket in writes of about this size. */
export const BATCH_LENGTH = 64 * 1024;

/** How long a closing connection may drain before it is destroyed. */
export const LINGER_MS = 2000;
/** The same once the server stops. */
export const LAST_LINGER_MS = 500;
