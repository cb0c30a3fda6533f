import { randomBytes } from "node:crypto";

/** What a link that unsubscribes carries: 144 bits that nobody guesses. */
export const newToken = (): string => randomBytes(18).toString("base64url");
